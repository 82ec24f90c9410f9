import{t as g}from"./chunk-vOkuYOr0.js";import{$t as pe,Ft as he,Gt as g$2,Ht as $,Jt as p,Kt as l,Mt as Ve,Qt as N,St as Ie,Zt as U$1,bt as $e,en as te,in as w,jt as T,rn as g$1,tn as v,vt as g$3}from"./main-ZCUJVM7Y.js";import{r as M,t as A}from"./chunk-CR1kOI-4.js";import{m as us$1}from"./chunk-D3tIrpA9.js";import{o as ee,r as Fe$1}from"./chunk-lxsRepAc.js";import{$ as Pl,$t as b,A as H$1,At as Yb,Bt as Zj,C as Fl,Ct as Xb,D as Gb,Dr as vd,En as hg,Er as uy,Fr as yy,Ft as Yw,G as Ll,Gt as _C,H as KC,Hn as me,Hr as m,I as Iy,In as ko,It as ZC,Jn as nb,Kn as n1,L as JC,Lr as zm,M as Hd,Nr as xs$1,Nt as Yj,O as Gi,On as i1,Ot as Xw,P as Id,Pt as Yu,Qn as oC,Qt as ay,R as Jb,Rn as lv,Sn as gi$1,Sr as tw,St as XC,Tr as uv,U as Kj,Un as mg,V as Jw,Vr as l$1,Xt as ae,Zn as o1,_r as tC,_t as Vg,ar as pm,at as Qr$1,b as Ey,br as tg,bt as Wg,d as B,dn as eb,dr as rw,en as be$1,fn as ee$1,ft as Sl,g as Cc,gn as fE,gr as sy,h as C,hr as sw,ht as Ug,i as A$1,ir as pi$1,jr as xe$1,jt as Ye$1,k as Go,kr as vy,l as At$1,ln as e1,lr as rC,mt as Tv,n as $g,on as ds$1,or as qC,pn as ei$1,q as Nr$1,qn as nC,r as $r$1,rr as pg,sr as qg,t as $d,tn as cb,u as Au,ut as S,v as Dg,vr as tb,vt as Vl,wr as ut,wt as Xh,x as FC,xn as gg,xr as tm,xt as Wv,yr as te$1,z as Jj,zn as lw,zr as zr$1,zt as Zg}from"./chunk-CmNLV11S.js";var xr=(()=>{class n{_renderer;_elementRef;onChange=t=>{};onTouched=()=>{};constructor(t,i){this._renderer=t,this._elementRef=i}setProperty(t,i){this._renderer.setProperty(this._elementRef.nativeElement,t,i)}registerOnTouched(t){this.onTouched=t}registerOnChange(t){this.onChange=t}setDisabledState(t){this.setProperty(`disabled`,t)}static ɵfac=function(i){return new(i||n)(ds$1(Cc),ds$1(Qr$1))};static ɵdir=sw({type:n})}return n})();var $o=(()=>{class n extends xr{static ɵfac=(()=>{let t;return function(r){return(t||(t=Wv(n)))(r||n)}})();static ɵdir=sw({type:n,features:[Xh]})}return n})();var In=new A$1(``);var Uo={provide:In,useExisting:Go(()=>Cr),multi:!0};function Wo(){let n=ee()?ee().getUserAgent():``;return/android (\d+)/.test(n.toLowerCase())}var Ko=new A$1(``);var Cr=(()=>{class n extends xr{_compositionMode;_composing=!1;constructor(t,i,r){super(t,i),this._compositionMode=r,this._compositionMode??=!Wo()}writeValue(t){let i=t??``;this.setProperty(`value`,i)}_handleInput(t){(!this._compositionMode||this._compositionMode&&!this._composing)&&this.onChange(t)}_compositionStart(){this._composing=!0}_compositionEnd(t){this._composing=!1,this._compositionMode&&this.onChange(t)}static ɵfac=function(i){return new(i||n)(ds$1(Cc),ds$1(Qr$1),ds$1(Ko,8))};static ɵdir=sw({type:n,selectors:[[`input`,`formControlName`,``,3,`type`,`checkbox`,3,`ngNoCva`,``],[`textarea`,`formControlName`,``,3,`ngNoCva`,``],[`input`,`formControl`,``,3,`type`,`checkbox`,3,`ngNoCva`,``],[`textarea`,`formControl`,``,3,`ngNoCva`,``],[`input`,`ngModel`,``,3,`type`,`checkbox`,3,`ngNoCva`,``],[`textarea`,`ngModel`,``,3,`ngNoCva`,``],[``,`ngDefaultControl`,``]],hostBindings:function(i,r){i&1&&Vg(`input`,function(a){return r._handleInput(a.target.value)})(`blur`,function(){return r.onTouched()})(`compositionstart`,function(){return r._compositionStart()})(`compositionend`,function(a){return r._compositionEnd(a.target.value)})},standalone:!1,features:[FC([Uo]),Xh]})}return n})();function Rn(n){return n==null||Vn(n)===0}function Vn(n){return n==null?null:Array.isArray(n)||typeof n==`string`?n.length:n instanceof Set?n.size:null}var Ct=new A$1(``);var Mr=new A$1(``);var Xo=/^(?=.{1,254}$)(?=.{1,64}@)[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;var Me=class{static min(e){return Yo(e)}static max(e){return Qo(e)}static required(e){return Sr(e)}static requiredTrue(e){return Zo(e)}static email(e){return Jo(e)}static minLength(e){return ea(e)}static maxLength(e){return ta(e)}static pattern(e){return na(e)}static nullValidator(e){return Gt()}static compose(e){return Ar(e)}static composeAsync(e){return Ir(e)}};function Yo(n){return e=>{if(e.value==null||n==null)return null;let t=parseFloat(e.value);return!isNaN(t)&&t<n?{min:{min:n,actual:e.value}}:null}}function Qo(n){return e=>{if(e.value==null||n==null)return null;let t=parseFloat(e.value);return!isNaN(t)&&t>n?{max:{max:n,actual:e.value}}:null}}function Sr(n){return Rn(n.value)?{required:!0}:null}function Zo(n){return n.value===!0?null:{required:!0}}function Jo(n){return Rn(n.value)||Xo.test(n.value)?null:{email:!0}}function ea(n){return e=>{let t=e.value?.length??Vn(e.value);return t===null||t===0?null:t<n?{minlength:{requiredLength:n,actualLength:t}}:null}}function ta(n){return e=>{let t=e.value?.length??Vn(e.value);return t!==null&&t>n?{maxlength:{requiredLength:n,actualLength:t}}:null}}function na(n){if(!n)return Gt;let e,t;return typeof n==`string`?(t=``,n.charAt(0)!==`^`&&(t+=`^`),t+=n,n.charAt(n.length-1)!==`$`&&(t+=`$`),e=new RegExp(t)):(t=n.toString(),e=n),i=>{if(Rn(i.value))return null;let r=i.value;return e.test(r)?null:{pattern:{requiredPattern:t,actualValue:r}}}}function Gt(n){return null}function Nr(n){return n!=null}function Er(n){return Sl(n)?xe$1(n):n}function wr(n){let e={};return n.forEach(t=>{e=t!=null?l$1(l$1({},e),t):e}),Object.keys(e).length===0?null:e}function Dr(n,e){return e.map(t=>t(n))}function ia(n){return!n.validate}function Fr(n){return n.map(e=>ia(e)?e:t=>e.validate(t))}function Ar(n){if(!n)return null;let e=n.filter(Nr);return e.length==0?null:function(t){return wr(Dr(t,e))}}function Tn(n){return n!=null?Ar(Fr(n)):null}function Ir(n){if(!n)return null;let e=n.filter(Nr);return e.length==0?null:function(t){let i=Dr(t,e).map(Er);return sy(i).pipe(ut(wr))}}function On(n){return n!=null?Ir(Fr(n)):null}function pr(n,e){return n===null?[e]:Array.isArray(n)?[...n,e]:[n,e]}function Rr(n){return n._rawValidators}function Vr(n){return n._rawAsyncValidators}function Fn(n){return n?Array.isArray(n)?n:[n]:[]}function qt(n,e){return Array.isArray(n)?n.includes(e):n===e}function gr(n,e){let t=Fn(e);return Fn(n).forEach(r=>{qt(t,r)||t.push(r)}),t}function yr(n,e){return Fn(e).filter(t=>!qt(n,t))}var $t=class{get value(){return this.control?this.control.value:null}get valid(){return this.control?this.control.valid:null}get invalid(){return this.control?this.control.invalid:null}get pending(){return this.control?this.control.pending:null}get disabled(){return this.control?this.control.disabled:null}get enabled(){return this.control?this.control.enabled:null}get errors(){return this.control?this.control.errors:null}get pristine(){return this.control?this.control.pristine:null}get dirty(){return this.control?this.control.dirty:null}get touched(){return this.control?this.control.touched:null}get status(){return this.control?this.control.status:null}get untouched(){return this.control?this.control.untouched:null}get statusChanges(){return this.control?this.control.statusChanges:null}get valueChanges(){return this.control?this.control.valueChanges:null}get path(){return null}_composedValidatorFn;_composedAsyncValidatorFn;_rawValidators=[];_rawAsyncValidators=[];_setValidators(e){this._rawValidators=e||[],this._composedValidatorFn=Tn(this._rawValidators)}_setAsyncValidators(e){this._rawAsyncValidators=e||[],this._composedAsyncValidatorFn=On(this._rawAsyncValidators)}get validator(){return this._composedValidatorFn||null}get asyncValidator(){return this._composedAsyncValidatorFn||null}_onDestroyCallbacks=[];_registerOnDestroy(e){this._onDestroyCallbacks.push(e)}_invokeOnDestroyCallbacks(){this._onDestroyCallbacks.forEach(e=>e()),this._onDestroyCallbacks=[]}reset(e=void 0){this.control?.reset(e)}hasError(e,t){return this.control?this.control.hasError(e,t):!1}getError(e,t){return this.control?this.control.getError(e,t):null}};var Qe=class extends $t{name;get formDirective(){return null}get path(){return null}};var gt=`VALID`;var Ht=`INVALID`;var Xe=`PENDING`;var yt=`DISABLED`;var Se=class{};var Ut=class extends Se{value;source;constructor(e,t){super(),this.value=e,this.source=t}};var _t=class extends Se{pristine;source;constructor(e,t){super(),this.pristine=e,this.source=t}};var bt=class extends Se{touched;source;constructor(e,t){super(),this.touched=e,this.source=t}};var Ye=class extends Se{status;source;constructor(e,t){super(),this.status=e,this.source=t}};var Wt=class extends Se{source;constructor(e){super(),this.source=e}};var Ze=class extends Se{source;constructor(e){super(),this.source=e}};function Tr(n){return(Qt(n)?n.validators:n)||null}function ra(n){return Array.isArray(n)?Tn(n):n||null}function Or(n,e){return(Qt(e)?e.asyncValidators:n)||null}function oa(n){return Array.isArray(n)?On(n):n||null}function Qt(n){return n!=null&&!Array.isArray(n)&&typeof n==`object`}function aa(n,e,t){let i=n.controls;if(!(e?Object.keys(i):i).length)throw new C(1e3,``);if(!Lr(i,t))throw new C(1001,``)}function sa(n,e,t){n._forEachChild((i,r)=>{if(t[r]===void 0)throw new C(-1002,``)})}var Pr=Symbol();function kr(n){return typeof n==`object`&&n!==null&&n[Pr]===!0}var Kt=class{_pendingDirty=!1;_hasOwnPendingAsyncValidator=null;_pendingTouched=!1;_onCollectionChange=()=>{};_updateOn;_hasRequired=pi$1(!1);_parent=null;_asyncValidationSubscription;_composedValidatorFn;_composedAsyncValidatorFn;_rawValidators;_rawAsyncValidators;value;constructor(e,t){this[Pr]=!0,this._assignValidators(e),this._assignAsyncValidators(t)}get validator(){return this._composedValidatorFn}set validator(e){this._rawValidators=this._composedValidatorFn=e,this._updateHasRequiredValidator()}get asyncValidator(){return this._composedAsyncValidatorFn}set asyncValidator(e){this._rawAsyncValidators=this._composedAsyncValidatorFn=e}get parent(){return this._parent}get status(){return pm(this.statusReactive)}set status(e){pm(()=>this.statusReactive.set(e))}_status=ZC(()=>this.statusReactive());statusReactive=pi$1(void 0);get valid(){return this.status===gt}get invalid(){return this.status===Ht}get pending(){return this.status===Xe}get disabled(){return this.status===yt}get enabled(){return this.status!==yt}errors;get pristine(){return pm(this.pristineReactive)}set pristine(e){pm(()=>this.pristineReactive.set(e))}_pristine=ZC(()=>this.pristineReactive());pristineReactive=pi$1(!0);get dirty(){return!this.pristine}get touched(){return pm(this.touchedReactive)}set touched(e){pm(()=>this.touchedReactive.set(e))}_touched=ZC(()=>this.touchedReactive());touchedReactive=pi$1(!1);get untouched(){return!this.touched}_events=new ee$1;events=this._events.asObservable();valueChanges;statusChanges;get updateOn(){return this._updateOn?this._updateOn:this.parent?this.parent.updateOn:`change`}setValidators(e){this._assignValidators(e)}setAsyncValidators(e){this._assignAsyncValidators(e)}addValidators(e){this.setValidators(gr(e,this._rawValidators))}addAsyncValidators(e){this.setAsyncValidators(gr(e,this._rawAsyncValidators))}removeValidators(e){this.setValidators(yr(e,this._rawValidators))}removeAsyncValidators(e){this.setAsyncValidators(yr(e,this._rawAsyncValidators))}hasValidator(e){return qt(this._rawValidators,e)}hasAsyncValidator(e){return qt(this._rawAsyncValidators,e)}clearValidators(){this.validator=null}clearAsyncValidators(){this.asyncValidator=null}markAsTouched(e={}){let t=this.touched===!1;this.touched=!0;let i=e.sourceControl??this;e.onlySelf||this._parent?.markAsTouched(m(l$1({},e),{sourceControl:i})),t&&e.emitEvent!==!1&&this._events.next(new bt(!0,i))}markAllAsDirty(e={}){this.markAsDirty({onlySelf:!0,emitEvent:e.emitEvent,sourceControl:this}),this._forEachChild(t=>t.markAllAsDirty(e))}markAllAsTouched(e={}){this.markAsTouched({onlySelf:!0,emitEvent:e.emitEvent,sourceControl:this}),this._forEachChild(t=>t.markAllAsTouched(e))}markAsUntouched(e={}){let t=this.touched===!0;this.touched=!1,this._pendingTouched=!1;let i=e.sourceControl??this;this._forEachChild(r=>{r.markAsUntouched({onlySelf:!0,emitEvent:e.emitEvent,sourceControl:i})}),e.onlySelf||this._parent?._updateTouched(e,i),t&&e.emitEvent!==!1&&this._events.next(new bt(!1,i))}markAsDirty(e={}){let t=this.pristine===!0;this.pristine=!1;let i=e.sourceControl??this;e.onlySelf||this._parent?.markAsDirty(m(l$1({},e),{sourceControl:i})),t&&e.emitEvent!==!1&&this._events.next(new _t(!1,i))}markAsPristine(e={}){let t=this.pristine===!1;this.pristine=!0,this._pendingDirty=!1;let i=e.sourceControl??this;this._forEachChild(r=>{r.markAsPristine({onlySelf:!0,emitEvent:e.emitEvent})}),e.onlySelf||this._parent?._updatePristine(e,i),t&&e.emitEvent!==!1&&this._events.next(new _t(!0,i))}markAsPending(e={}){this.status=Xe;let t=e.sourceControl??this;e.emitEvent!==!1&&(this._events.next(new Ye(this.status,t)),this.statusChanges.emit(this.status)),e.onlySelf||this._parent?.markAsPending(m(l$1({},e),{sourceControl:t}))}disable(e={}){let t=this._parentMarkedDirty(e.onlySelf);this.status=yt,this.errors=null,this._forEachChild(r=>{r.disable(m(l$1({},e),{onlySelf:!0}))}),this._updateValue();let i=e.sourceControl??this;e.emitEvent!==!1&&(this._events.next(new Ut(this.value,i)),this._events.next(new Ye(this.status,i)),this.valueChanges.emit(this.value),this.statusChanges.emit(this.status)),this._updateAncestors(m(l$1({},e),{skipPristineCheck:t}),this),this._onDisabledChange.forEach(r=>r(!0))}enable(e={}){let t=this._parentMarkedDirty(e.onlySelf);this.status=gt,this._forEachChild(i=>{i.enable(m(l$1({},e),{onlySelf:!0}))}),this.updateValueAndValidity({onlySelf:!0,emitEvent:e.emitEvent}),this._updateAncestors(m(l$1({},e),{skipPristineCheck:t}),this),this._onDisabledChange.forEach(i=>i(!1))}_updateAncestors(e,t){e.onlySelf||(this._parent?.updateValueAndValidity(e),e.skipPristineCheck||this._parent?._updatePristine({},t),this._parent?._updateTouched({},t))}setParent(e){this._parent=e}getRawValue(){return this.value}updateValueAndValidity(e={}){if(this._setInitialStatus(),this._updateValue(),this.enabled){let i=this._cancelExistingSubscription();this.errors=this._runValidator(),this.status=this._calculateStatus(),(this.status===gt||this.status===Xe)&&this._runAsyncValidator(i,e.emitEvent)}let t=e.sourceControl??this;e.emitEvent!==!1&&(this._events.next(new Ut(this.value,t)),this._events.next(new Ye(this.status,t)),this.valueChanges.emit(this.value),this.statusChanges.emit(this.status)),e.onlySelf||this._parent?.updateValueAndValidity(m(l$1({},e),{sourceControl:t}))}_updateTreeValidity(e={emitEvent:!0}){this._forEachChild(t=>t._updateTreeValidity(e)),this.updateValueAndValidity({onlySelf:!0,emitEvent:e.emitEvent})}_setInitialStatus(){this.status=this._allControlsDisabled()?yt:gt}_runValidator(){return this.validator?this.validator(this):null}_runAsyncValidator(e,t){if(this.asyncValidator){this.status=Xe,this._hasOwnPendingAsyncValidator={emitEvent:t!==!1,shouldHaveEmitted:e!==!1};let i=Er(this.asyncValidator(this));this._asyncValidationSubscription=i.subscribe(r=>{this._hasOwnPendingAsyncValidator=null,this.setErrors(r,{emitEvent:t,shouldHaveEmitted:e})})}}_cancelExistingSubscription(){if(this._asyncValidationSubscription){this._asyncValidationSubscription.unsubscribe();let e=(this._hasOwnPendingAsyncValidator?.emitEvent||this._hasOwnPendingAsyncValidator?.shouldHaveEmitted)??!1;return this._hasOwnPendingAsyncValidator=null,e}return!1}setErrors(e,t={}){this.errors=e,this._updateControlsErrors(t.emitEvent!==!1,this,t.shouldHaveEmitted)}get(e){let t=e;return t==null||(Array.isArray(t)||(t=t.split(`.`)),t.length===0)?null:t.reduce((i,r)=>i&&i._find(r),this)}getError(e,t){let i=t?this.get(t):this;return i?.errors?i.errors[e]:null}hasError(e,t){return!!this.getError(e,t)}get root(){let e=this;for(;e._parent;)e=e._parent;return e}_updateControlsErrors(e,t,i){this.status=this._calculateStatus(),e&&this.statusChanges.emit(this.status),(e||i)&&this._events.next(new Ye(this.status,t)),this._parent&&this._parent._updateControlsErrors(e,t,i)}_initObservables(){this.valueChanges=new Ye$1,this.statusChanges=new Ye$1}_calculateStatus(){return this._allControlsDisabled()?yt:this.errors?Ht:this._hasOwnPendingAsyncValidator||this._anyControlsHaveStatus(Xe)?Xe:this._anyControlsHaveStatus(Ht)?Ht:gt}_anyControlsHaveStatus(e){return this._anyControls(t=>t.status===e)}_anyControlsDirty(){return this._anyControls(e=>e.dirty)}_anyControlsTouched(){return this._anyControls(e=>e.touched)}_updatePristine(e,t){let i=!this._anyControlsDirty(),r=this.pristine!==i;this.pristine=i,e.onlySelf||this._parent?._updatePristine(e,t),r&&this._events.next(new _t(this.pristine,t))}_updateTouched(e={},t){this.touched=this._anyControlsTouched(),this._events.next(new bt(this.touched,t)),e.onlySelf||this._parent?._updateTouched(e,t)}_onDisabledChange=[];_registerOnCollectionChange(e){this._onCollectionChange=e}_setUpdateStrategy(e){Qt(e)&&e.updateOn!=null&&(this._updateOn=e.updateOn)}_parentMarkedDirty(e){return!e&&!!this._parent?.dirty&&!this._parent._anyControlsDirty()}_find(e){return null}_assignValidators(e){this._rawValidators=Array.isArray(e)?e.slice():e,this._composedValidatorFn=ra(this._rawValidators),this._updateHasRequiredValidator()}_assignAsyncValidators(e){this._rawAsyncValidators=Array.isArray(e)?e.slice():e,this._composedAsyncValidatorFn=oa(this._rawAsyncValidators)}_updateHasRequiredValidator(){pm(()=>this._hasRequired.set(this.hasValidator(Me.required)))}};function Lr(n,e){return Object.hasOwn(n,e)}function Pn(n){return n.tagName===`INPUT`||n.tagName===`SELECT`||n.tagName===`TEXTAREA`}function zr(n){if(n.tagName!==`INPUT`)return!1;let e=n.type;return e===`number`||e===`range`||e===`date`||e===`month`}function jr(n){return n.tagName===`INPUT`||n.tagName===`TEXTAREA`}function Mt(n,e,t,i){switch(t){case`name`:n.setAttribute(e,t,i);break;case`disabled`:case`readonly`:case`required`:i?n.setAttribute(e,t,``):n.removeAttribute(e,t);break;case`max`:case`min`:case`minLength`:case`maxLength`:i!==void 0?n.setAttribute(e,t,i.toString()):n.removeAttribute(e,t)}}var An=class{kind;context;control;message;constructor({kind:e,context:t,control:i}){this.kind=e,this.context=t,this.control=i}};var kn=new A$1(``);var Br=new A$1(``,{factory:()=>la});var la=`always`;function vr(n,e,t=!0){let i=()=>{};e?.valueAccessor?.registerOnChange(i),e?.valueAccessor?.registerOnTouched(i),Yt(n,e),n&&(e._invokeOnDestroyCallbacks(),n._registerOnCollectionChange(()=>{}))}function Xt(n,e){n.forEach(t=>{t.registerOnValidatorChange&&t.registerOnValidatorChange(e)})}function Hr(n,e){let t=Rr(n);e.validator!==null?n.setValidators(pr(t,e.validator)):typeof t==`function`&&n.setValidators([t]);let i=Vr(n);e.asyncValidator!==null?n.setAsyncValidators(pr(i,e.asyncValidator)):typeof i==`function`&&n.setAsyncValidators([i]);let r=()=>n.updateValueAndValidity();Xt(e._rawValidators,r),Xt(e._rawAsyncValidators,r)}function Yt(n,e){let t=!1;if(n!==null){if(e.validator!==null){let r=Rr(n);if(Array.isArray(r)&&r.length>0){let o=r.filter(a=>a!==e.validator);o.length!==r.length&&(t=!0,n.setValidators(o))}}if(e.asyncValidator!==null){let r=Vr(n);if(Array.isArray(r)&&r.length>0){let o=r.filter(a=>a!==e.asyncValidator);o.length!==r.length&&(t=!0,n.setAsyncValidators(o))}}}let i=()=>{};return Xt(e._rawValidators,i),Xt(e._rawAsyncValidators,i),t}function Gr(n,e){Hr(n,e)}function da(n,e){return Yt(n,e)}function ca(n){return Object.getPrototypeOf(n.constructor)===$o}function qr(n,e){n._syncPendingControls(),e.forEach(t=>{let i=t.control;i.updateOn===`submit`&&i._pendingChange&&(t.viewToModelUpdate(i._pendingValue),i._pendingChange=!1)})}function Ln(n,e){if(!e)return null;let t,i,r;return e.forEach(o=>{o.constructor===Cr?t=o:ca(o)?i=o:r=o}),r||i||t||null}function ua(n,e){let t=n.indexOf(e);t>-1&&n.splice(t,1)}var ma=(()=>{class n{_validator=Gt;_onChange;_enabled;ngOnChanges(t){if(this.inputName in t){let i=this.normalizeInput(t[this.inputName].currentValue);this._enabled=this.enabled(i),this._validator=this._enabled?this.createValidator(i):Gt,this._onChange?.()}}validate(t){return this._validator(t)}registerOnValidatorChange(t){this._onChange=t}enabled(t){return t!=null}static ɵfac=function(i){return new(i||n)};static ɵdir=sw({type:n,features:[Tv]})}return n})();var fa={provide:Ct,useExisting:Go(()=>$r),multi:!0};var $r=(()=>{class n extends ma{required;inputName=`required`;normalizeInput=o1;createValidator=t=>Sr;enabled(t){return t}static ɵfac=(()=>{let t;return function(r){return(t||(t=Wv(n)))(r||n)}})();static ɵdir=sw({type:n,selectors:[[``,`required`,``,`formControlName`,``,3,`type`,`checkbox`],[``,`required`,``,`formControl`,``,3,`type`,`checkbox`],[``,`required`,``,`ngModel`,``,3,`type`,`checkbox`]],hostVars:1,hostBindings:function(i,r){i&2&&pg(`required`,r._enabled?``:null)},inputs:{required:`required`},standalone:!1,features:[FC([fa]),Xh]})}return n})();var Je=class extends $t{_parent=null;name=null;valueAccessor=null;isCustomControlBased=!1;userOnReset;resetSubscription;set onReset(e){this.userOnReset=e,this.resetSubscription?.unsubscribe(),this.resetSubscription=void 0,this.control&&(this.resetSubscription=this.control.events.subscribe(t=>{t instanceof Ze&&this.control&&this.userOnReset?.(this.control.value)}),this.subscription?.add(this.resetSubscription))}isNativeFormElement=!1;rawValueAccessors;_selectedValueAccessor=null;get selectedValueAccessor(){return this._selectedValueAccessor??=Ln(this,this.rawValueAccessors)}parseErrorsValidator=null;renderer;injector;requiredValidatorViaDi;subscription;customControlBindings=null;pendingCustomValue=void 0;hasPendingCustomValue=!1;constructor(e,t,i){super(),this.injector=e,this.renderer=t,this.rawValueAccessors=i,this.injector?.get(me)?.onDestroy(()=>{this.removeParseErrorsValidator(this.control),this.subscription?.unsubscribe()})}setupCustomControl(){this.subscription?.unsubscribe();let e=this.control,t=this.injector?.get(n1);if(!e||!t)return;let i=t.markForCheck.bind(t);if(this.subscription=new B,this.subscription.add(()=>this.discardPendingCustomValue(e)),typeof e.registerOnChange==`function`){let r=(o,a)=>{this.discardPendingCustomValue(e),a&&this.viewToModelUpdate(o),i()};e.registerOnChange(r),this.subscription.add(()=>e._unregisterOnChange(r))}this.subscription.add(e.valueChanges.subscribe(i)),this.subscription.add(e.statusChanges.subscribe(i)),this.resetSubscription?.unsubscribe(),this.resetSubscription=void 0,this.userOnReset&&(this.resetSubscription=e.events.subscribe(r=>{r instanceof Ze&&this.control&&this.userOnReset?.(this.control.value)}),this.subscription.add(this.resetSubscription)),this.parseErrorsValidator&&e.addValidators(this.parseErrorsValidator)}ngControlCreate(e){!e.nativeElement.hasAttribute?.(`ngNoCva`)&&(this.rawValueAccessors&&this.rawValueAccessors.length>0||this.valueAccessor!==null)||!e.customControl||(this.isCustomControlBased=!0,e.listenToCustomControlModel(r=>{let o=this.control;o&&(o._pendingValue=r,o._pendingChange=!0,o._pendingDirty=!0,this.pendingCustomValue=r,this.hasPendingCustomValue=!0,o.updateOn===`change`&&this.updateControlFromCustom(o))}),e.listenToCustomControlOutput(`touch`,()=>{let r=this.control;r&&(r._pendingTouched=!0,r.updateOn===`blur`&&r._pendingChange&&this.updateControlFromCustom(r),r.updateOn!==`submit`&&r.markAsTouched())}),this.customControlBindings={},this.isNativeFormElement=Pn(e.nativeElement),this.requiredValidatorViaDi=this._rawValidators.find(r=>r instanceof $r))}updateControlFromCustom(e){let t=e._pendingValue;e._pendingChange=!1,this.clearPendingCustomValue(),this.customControlBindings&&(this.customControlBindings.value=t),e._pendingDirty&&e.markAsDirty(),e.setValue(t,{emitModelToViewChange:!1}),this.viewToModelUpdate(e.value)}discardPendingCustomValue(e){this.hasPendingCustomValue&&(this.customControlBindings&&(this.customControlBindings.value=this.pendingCustomValue),this.clearPendingCustomValue(),e._pendingValue=e.value,e._pendingChange=!1,e._pendingDirty=!1)}clearPendingCustomValue(){this.pendingCustomValue=void 0,this.hasPendingCustomValue=!1}ngControlUpdate(e,t){if(!this.isCustomControlBased)return;let i=this.control,r=this.customControlBindings;if(!i||!r)return;this.hasPendingCustomValue&&!i._pendingChange&&(r.value=this.pendingCustomValue,this.clearPendingCustomValue()),Object.is(r.value,i.value)||(this.discardPendingCustomValue(i),r.value=i.value,e.setCustomControlModelInput(i.value)),this.bindControlProperty(e,r,`touched`,i.touched),this.bindControlProperty(e,r,`dirty`,i.dirty),this.bindControlProperty(e,r,`valid`,i.valid),this.bindControlProperty(e,r,`invalid`,i.invalid),this.bindControlProperty(e,r,`pending`,i.pending),this.bindControlProperty(e,r,`disabled`,i.disabled),this.shouldBindRequired&&this.bindControlProperty(e,r,`required`,this.isRequired);let o=i.errors;if(r.errors!==o){r.errors=o;let a=this._convertErrors(o);e.setInputOnDirectives(`errors`,a)}}get isRequired(){return(this.requiredValidatorViaDi?._enabled||this.control?._hasRequired())??!1}get shouldBindRequired(){return!0}bindControlProperty(e,t,i,r){if(t[i]===r)return;t[i]=r;let o=e.setInputOnDirectives(i,r);this.isNativeFormElement&&!o&&(i===`disabled`||i===`required`)&&this.renderer&&Mt(this.renderer,e.nativeElement,i,r)}_convertErrors(e){if(e===null)return[];let t=this.control;return Object.entries(e).map(([i,r])=>new An({context:r,kind:i,control:t}))}setParseErrorSource(e){if(e===void 0)return;let t=null,i=ZC(()=>{let r=e();return r.length===0?null:r.reduce((o,a)=>(o[a.kind]=a,o),{})});this.parseErrorsValidator=()=>(t=pm(i),t),$d(()=>{let r=i();r!==t&&(t=r,this.control?.updateValueAndValidity({emitEvent:!1}),this.injector?.get(n1)?.markForCheck())},{injector:this.injector})}removeParseErrorsValidator(e){this.parseErrorsValidator&&(e?.removeValidators(this.parseErrorsValidator),e?.updateValueAndValidity({emitEvent:!1}))}};var xt=class extends Kt{constructor(e,t,i){super(Tr(t),Or(i,t)),this.controls=e,this._initObservables(),this._setUpdateStrategy(t),this._setUpControls(),this.updateValueAndValidity({onlySelf:!0,emitEvent:!!this.asyncValidator})}controls;registerControl(e,t){return this._find(e)||(this.controls[e]=t,t.setParent(this),t._registerOnCollectionChange(this._onCollectionChange),t)}addControl(e,t,i={}){this.registerControl(e,t),this.updateValueAndValidity({emitEvent:i.emitEvent}),this._onCollectionChange()}removeControl(e,t={}){let i=this._find(e);i&&i._registerOnCollectionChange(()=>{}),delete this.controls[e],this.updateValueAndValidity({emitEvent:t.emitEvent}),this._onCollectionChange()}setControl(e,t,i={}){let r=this._find(e);r&&r._registerOnCollectionChange(()=>{}),delete this.controls[e],t&&this.registerControl(e,t),this.updateValueAndValidity({emitEvent:i.emitEvent}),this._onCollectionChange()}contains(e){return this._find(e)?.enabled===!0}setValue(e,t={}){pm(()=>{sa(this,!0,e),Object.keys(e).forEach(i=>{aa(this,!0,i),this.controls[i].setValue(e[i],{onlySelf:!0,emitEvent:t.emitEvent})}),this.updateValueAndValidity(t)})}patchValue(e,t={}){e!=null&&(Object.keys(e).forEach(i=>{let r=this._find(i);r&&r.patchValue(e[i],{onlySelf:!0,emitEvent:t.emitEvent})}),this.updateValueAndValidity(t))}reset(e={},t={}){this._forEachChild((i,r)=>{i.reset(e?e[r]:null,m(l$1({},t),{onlySelf:!0}))}),this._updatePristine(t,this),this._updateTouched(t,this),this.updateValueAndValidity(t),t?.emitEvent!==!1&&this._events.next(new Ze(this))}getRawValue(){return this._reduceChildren({},(e,t,i)=>(e[i]=t.getRawValue(),e))}_syncPendingControls(){let e=this._reduceChildren(!1,(t,i)=>i._syncPendingControls()?!0:t);return e&&this.updateValueAndValidity({onlySelf:!0}),e}_forEachChild(e){Object.keys(this.controls).forEach(t=>{let i=this.controls[t];i&&e(i,t)})}_setUpControls(){this._forEachChild(e=>{e.setParent(this),e._registerOnCollectionChange(this._onCollectionChange)})}_updateValue(){this.value=this._reduceValue()}_anyControls(e){for(let[t,i]of Object.entries(this.controls))if(this.contains(t)&&e(i))return!0;return!1}_reduceValue(){return this._reduceChildren({},(t,i,r)=>((i.enabled||this.disabled)&&(t[r]=i.value),t))}_reduceChildren(e,t){let i=e;return this._forEachChild((r,o)=>{i=t(i,r,o)}),i}_allControlsDisabled(){for(let e of Object.keys(this.controls))if(this.controls[e].enabled)return!1;return Object.keys(this.controls).length>0||this.disabled}_find(e){return Lr(this.controls,e)?this.controls[e]:null}};var ha={provide:Qe,useExisting:Go(()=>zn)};var vt=Promise.resolve();var zn=(()=>{class n extends Qe{callSetDisabledState;get submitted(){return pm(this.submittedReactive)}_submitted=ZC(()=>this.submittedReactive());submittedReactive=pi$1(!1);_directives=/* @__PURE__ */ new Set;form;ngSubmit=new Ye$1;options;constructor(t,i,r){super(),this.callSetDisabledState=r,this.form=new xt({},Tn(t),On(i))}ngAfterViewInit(){this._setUpdateStrategy()}get formDirective(){return this}get control(){return this.form}get path(){return[]}get controls(){return this.form.controls}addControl(t){vt.then(()=>{t.control=this._findContainer(t.path).registerControl(t.name,t.control),t._setupWithForm(this.callSetDisabledState),t.control.updateValueAndValidity({emitEvent:!1}),this._directives.add(t)})}getControl(t){return this.form.get(t.path)}removeControl(t){vt.then(()=>{this._findContainer(t.path)?.removeControl(t.name),this._directives.delete(t)})}addFormGroup(t){vt.then(()=>{let i=this._findContainer(t.path),r=new xt({});Gr(r,t),i.registerControl(t.name,r),r.updateValueAndValidity({emitEvent:!1})})}removeFormGroup(t){vt.then(()=>{this._findContainer(t.path)?.removeControl?.(t.name)})}getFormGroup(t){return this.form.get(t.path)}updateModel(t,i){vt.then(()=>{this.form.get(t.path).setValue(i)})}setValue(t){this.control.setValue(t)}onSubmit(t){return this.submittedReactive.set(!0),qr(this.form,this._directives),this.ngSubmit.emit(t),this.form._events.next(new Wt(this.control)),t?.target?.method===`dialog`}onReset(){this.resetForm()}resetForm(t=void 0){this.form.reset(t),this.submittedReactive.set(!1)}_setUpdateStrategy(){this.options&&this.options.updateOn!=null&&(this.form._updateOn=this.options.updateOn)}_findContainer(t){return t.pop(),t.length?this.form.get(t):this.form}static ɵfac=function(i){return new(i||n)(ds$1(Ct,10),ds$1(Mr,10),ds$1(Br,8))};static ɵdir=sw({type:n,selectors:[[`form`,3,`ngNoForm`,``,3,`formGroup`,``,3,`formArray`,``],[`ng-form`],[``,`ngForm`,``]],hostBindings:function(i,r){i&1&&Vg(`submit`,function(a){return r.onSubmit(a)})(`reset`,function(){return r.onReset()})},inputs:{options:[0,`ngFormOptions`,`options`]},outputs:{ngSubmit:`ngSubmit`},exportAs:[`ngForm`],standalone:!1,features:[FC([ha]),Xh]})}return n})();function _r(n,e){let t=n.indexOf(e);t>-1&&n.splice(t,1)}function br(n){return typeof n==`object`&&n!==null&&Object.keys(n).length===2&&`value`in n&&`disabled`in n}var pa=class extends Kt{defaultValue=null;_onChange=[];_pendingValue;_pendingChange=!1;constructor(e=null,t,i){super(Tr(t),Or(i,t)),this._applyFormState(e),this._setUpdateStrategy(t),this._initObservables(),this.updateValueAndValidity({onlySelf:!0,emitEvent:!!this.asyncValidator}),Qt(t)&&(t.nonNullable||t.initialValueIsDefault)&&(br(e)?this.defaultValue=e.value:this.defaultValue=e)}setValue(e,t={}){pm(()=>{this.value=this._pendingValue=e,this._onChange.length&&t.emitModelToViewChange!==!1&&this._onChange.forEach(i=>i(this.value,t.emitViewToModelChange!==!1)),this.updateValueAndValidity(t)})}patchValue(e,t={}){this.setValue(e,t)}reset(e=this.defaultValue,t={}){this._applyFormState(e),this.markAsPristine(t),this.markAsUntouched(t),this.setValue(this.value,t),t.overwriteDefaultValue&&(this.defaultValue=this.value),this._pendingChange=!1,t?.emitEvent!==!1&&this._events.next(new Ze(this))}_updateValue(){}_anyControls(e){return!1}_allControlsDisabled(){return this.disabled}registerOnChange(e){this._onChange.push(e)}_unregisterOnChange(e){_r(this._onChange,e)}registerOnDisabledChange(e){this._onDisabledChange.push(e)}_unregisterOnDisabledChange(e){_r(this._onDisabledChange,e)}_forEachChild(e){}_syncPendingControls(){return this.updateOn===`submit`&&(this._pendingDirty&&this.markAsDirty(),this._pendingTouched&&this.markAsTouched(),this._pendingChange)?(this.setValue(this._pendingValue,{onlySelf:!0,emitModelToViewChange:!1}),!0):!1}_applyFormState(e){br(e)?(this.value=this._pendingValue=e.value,e.disabled?this.disable({onlySelf:!0,emitEvent:!1}):this.enable({onlySelf:!0,emitEvent:!1})):this.value=this._pendingValue=e}};var ga=n=>n instanceof pa;var ya=(()=>{class n extends Qe{callSetDisabledState;get submitted(){return pm(this._submittedReactive)}set submitted(t){this._submittedReactive.set(t)}_submitted=ZC(()=>this._submittedReactive());_submittedReactive=pi$1(!1);_oldForm;_onCollectionChange=()=>this._updateDomValue();directives=[];constructor(t,i,r){super(),this.callSetDisabledState=r,this._setValidators(t),this._setAsyncValidators(i)}ngOnChanges(t){this.onChanges(t)}ngOnDestroy(){this.onDestroy()}onChanges(t){if(!this.form)throw new C(1052,!1);Object.hasOwn(t,`form`)&&(this._updateValidators(),this._updateDomValue(),this._updateRegistrations(),this._oldForm=this.form)}onDestroy(){this.form&&(Yt(this.form,this),this.form._onCollectionChange===this._onCollectionChange&&this.form._registerOnCollectionChange(()=>{}))}get formDirective(){return this}get path(){return[]}addControl(t){let i=this.form.get(t.path);if(!i)throw new C(-1055,!1);return t._setupWithForm(i,this.callSetDisabledState),i.updateValueAndValidity({emitEvent:!1}),this.directives.push(t),i}getControl(t){return this.form.get(t.path)}removeControl(t){vr(t.control||null,t,!1),ua(this.directives,t)}addFormGroup(t){this._setUpFormContainer(t)}removeFormGroup(t){this._cleanUpFormContainer(t)}getFormGroup(t){return this.form.get(t.path)}getFormArray(t){return this.form.get(t.path)}addFormArray(t){this._setUpFormContainer(t)}removeFormArray(t){this._cleanUpFormContainer(t)}updateModel(t,i){this.form.get(t.path).setValue(i)}onReset(){this.resetForm()}resetForm(t=void 0,i={}){this.form.reset(t,i),this._submittedReactive.set(!1)}onSubmit(t){return this.submitted=!0,qr(this.form,this.directives),this.ngSubmit.emit(t),this.form._events.next(new Wt(this.control)),t?.target?.method===`dialog`}_updateDomValue(){this.directives.forEach(t=>{let i=t.control,r=this.form.get(t.path);i!==r&&(vr(i||null,t),ga(r)&&t._setupWithForm(r,this.callSetDisabledState))}),this.form._updateTreeValidity({emitEvent:!1})}_setUpFormContainer(t){let i=this.form.get(t.path);Gr(i,t),i.updateValueAndValidity({emitEvent:!1})}_cleanUpFormContainer(t){let i=this.form?.get(t.path);i&&da(i,t)&&i.updateValueAndValidity({emitEvent:!1})}_updateRegistrations(){this.form._registerOnCollectionChange(this._onCollectionChange),this._oldForm?._registerOnCollectionChange(()=>{})}_updateValidators(){Hr(this.form,this),this._oldForm&&Yt(this._oldForm,this)}static ɵfac=function(i){return new(i||n)(ds$1(Ct,10),ds$1(Mr,10),ds$1(Br,8))};static ɵdir=sw({type:n,features:[Xh,Tv]})}return n})();var va={provide:Qe,useExisting:Go(()=>jn)};var jn=(()=>{class n extends ya{form=null;ngSubmit=new Ye$1;get control(){return this.form}static ɵfac=(()=>{let t;return function(r){return(t||(t=Wv(n)))(r||n)}})();static ɵdir=sw({type:n,selectors:[[``,`formGroup`,``]],hostBindings:function(i,r){i&1&&Vg(`submit`,function(a){return r.onSubmit(a)})(`reset`,function(){return r.onReset()})},inputs:{form:[0,`formGroup`,`form`]},outputs:{ngSubmit:`ngSubmit`},exportAs:[`ngForm`],standalone:!1,features:[FC([va]),Xh]})}return n})();var ni=Symbol(`FIELD_TREE`);var Bn=0;function _a(){return Bn}function Ne(n,e){return(...t)=>{try{return Bn=e,n(...t)}finally{Bn=0}}}function ba(n){return!n}function Ur(n){return n}function ye(n){return Array.isArray(n)}function Jt(n){return(typeof n==`object`||typeof n==`function`)&&n!=null}var Ee=Symbol();var sn=Symbol();var Nt=class{predicates;fns=[];constructor(e){this.predicates=e}push(e){this.fns.push(Wr(this.predicates,e))}mergeIn(e){let t=this.predicates?e.fns.map(i=>Wr(this.predicates,i)):e.fns;this.fns.push(...t)}hasRules(){return this.fns.length>0}};var en=class extends Nt{get defaultValue(){return!1}compute(e){return this.fns.some(t=>{let i=t(e);return i&&i!==sn})}};var tt=class n extends Nt{ignore;static ignoreNull(e){return new n(e,t=>t===null)}constructor(e,t){super(e),this.ignore=t}get defaultValue(){return[]}compute(e){return this.fns.reduce((t,i)=>{let r=i(e);return r===void 0||r===sn?t:ye(r)?[...t,...this.ignore?r.filter(o=>!this.ignore(o)):r]:this.ignore&&this.ignore(r)?t:[...t,r]},[])}};var Hn=class extends tt{constructor(e){super(e,void 0)}};var Gn=class extends Nt{key;get defaultValue(){return this.key.reducer.getInitial()}constructor(e,t){super(e),this.key=t}compute(e){if(this.fns.length===0)return this.key.reducer.getInitial();let t=this.key.reducer.getInitial();for(let i=0;i<this.fns.length;i++){let r=this.fns[i](e);r!==sn&&(t=this.key.reducer.reduce(t,r))}return t}};function Wr(n,e){return n.length===0?e:t=>{for(let i of n){let r=t.stateOf(i.path),o=pm(r.structure.pathKeys).length-i.depth;for(let a=0;a<o;a++)r=r.structure.parent;if(!i.fn(r.context))return sn}return e(t)}}var nt=class{predicates;hidden;disabledReasons;readonly;syncErrors;syncTreeErrors;asyncErrors;metadata=/* @__PURE__ */ new Map;constructor(e){this.predicates=e,this.hidden=new en(e),this.disabledReasons=new Hn(e),this.readonly=new en(e),this.syncErrors=tt.ignoreNull(e),this.syncTreeErrors=tt.ignoreNull(e),this.asyncErrors=tt.ignoreNull(e)}hasAnyLogic(){return this.hidden.hasRules()||this.disabledReasons.hasRules()||this.readonly.hasRules()||this.syncErrors.hasRules()||this.syncTreeErrors.hasRules()||this.asyncErrors.hasRules()||this.metadata.size>0}hasMetadata(e){return this.metadata.has(e)}hasMetadataKeys(){return this.metadata.size>0}getMetadataKeys(){return this.metadata.keys()}getMetadata(e){return this.metadata.has(e)||this.metadata.set(e,new Gn(this.predicates,e)),this.metadata.get(e)}mergeIn(e){this.hidden.mergeIn(e.hidden),this.disabledReasons.mergeIn(e.disabledReasons),this.readonly.mergeIn(e.readonly),this.syncErrors.mergeIn(e.syncErrors),this.syncTreeErrors.mergeIn(e.syncTreeErrors),this.asyncErrors.mergeIn(e.asyncErrors);for(let t of e.getMetadataKeys()){let i=e.metadata.get(t);this.getMetadata(t).mergeIn(i)}}};var tn=class{depth;constructor(e){this.depth=e}build(){return new nn(this,[],0)}};var it=class n extends tn{constructor(e){super(e)}current;all=[];addHiddenRule(e){this.getCurrent().addHiddenRule(e)}addDisabledReasonRule(e){this.getCurrent().addDisabledReasonRule(e)}addReadonlyRule(e){this.getCurrent().addReadonlyRule(e)}addSyncErrorRule(e){this.getCurrent().addSyncErrorRule(e)}addSyncTreeErrorRule(e){this.getCurrent().addSyncTreeErrorRule(e)}addAsyncErrorRule(e){this.getCurrent().addAsyncErrorRule(e)}addMetadataRule(e,t){this.getCurrent().addMetadataRule(e,t)}getChild(e){if(e===Ee){let t=this.getCurrent().children;t.size>(t.has(Ee)?1:0)&&(this.current=void 0)}return this.getCurrent().getChild(e)}hasLogic(e){return this===e?!0:this.all.some(({builder:t})=>t.hasLogic(e))}hasRules(){return this.all.length>0}anyChildHasLogic(){return this.all.some(({builder:e})=>e.anyChildHasLogic())}mergeIn(e,t){t?this.all.push({builder:e,predicate:{fn:Ne(t.fn,this.depth),path:t.path}}):this.all.push({builder:e}),this.current=void 0}getCurrent(){return this.current===void 0&&(this.current=new Et(this.depth),this.all.push({builder:this.current})),this.current}static newRoot(){return new n(0)}};var Et=class extends tn{logic=new nt([]);children=/* @__PURE__ */ new Map;constructor(e){super(e)}addHiddenRule(e){this.logic.hidden.push(Ne(e,this.depth))}addDisabledReasonRule(e){this.logic.disabledReasons.push(Ne(e,this.depth))}addReadonlyRule(e){this.logic.readonly.push(Ne(e,this.depth))}addSyncErrorRule(e){this.logic.syncErrors.push(Ne(e,this.depth))}addSyncTreeErrorRule(e){this.logic.syncTreeErrors.push(Ne(e,this.depth))}addAsyncErrorRule(e){this.logic.asyncErrors.push(Ne(e,this.depth))}addMetadataRule(e,t){this.logic.getMetadata(e).push(Ne(t,this.depth))}getChild(e){return this.children.has(e)||this.children.set(e,new it(this.depth+1)),this.children.get(e)}hasLogic(e){return this===e}hasRules(){return this.logic.hasAnyLogic()||this.children.size>0}anyChildHasLogic(){for(let e of this.children.values())if(e.hasRules())return!0;return!1}};var nn=class n{builder;predicates;depth;logic;constructor(e,t,i){this.builder=e,this.predicates=t,this.depth=i,this.logic=e?xa(e,t,i):new nt([])}getChild(e){let t=this.builder?Yr(this.builder,e):[];if(t.length===0)return new n(void 0,[],this.depth+1);if(t.length===1){let{builder:i,predicates:r}=t[0];return new n(i,[...this.predicates,...r.map(o=>$n(o,this.depth))],this.depth+1)}else return new qn(t.map(({builder:r,predicates:o})=>new n(r,[...this.predicates,...o.map(a=>$n(a,this.depth))],this.depth+1)))}hasLogic(e){return this.builder?this.builder.hasLogic(e):!1}hasRules(){return this.builder?this.builder.hasRules():!1}anyChildHasLogic(){return this.builder?this.builder.anyChildHasLogic():!1}};var qn=class n{all;logic;constructor(e){this.all=e,this.logic=new nt([]);for(let t of e)this.logic.mergeIn(t.logic)}getChild(e){return new n(this.all.flatMap(t=>t.getChild(e)))}hasLogic(e){return this.all.some(t=>t.hasLogic(e))}hasRules(){return this.all.some(e=>e.hasRules())}anyChildHasLogic(){return this.all.some(e=>e.anyChildHasLogic())}};function Yr(n,e){if(n instanceof it)return n.all.flatMap(({builder:t,predicate:i})=>{let r=Yr(t,e);return i?r.map(({builder:o,predicates:a})=>({builder:o,predicates:[...a,i]})):r});if(n instanceof Et)return[...e!==Ee&&n.children.has(Ee)?[{builder:n.getChild(Ee),predicates:[]}]:[],...n.children.has(e)?[{builder:n.getChild(e),predicates:[]}]:[]];throw new C(1909,!1)}function xa(n,e,t){let i=new nt(e);if(n instanceof it){let r=n.all.map(({builder:o,predicate:a})=>new nn(o,a?[...e,$n(a,t)]:e,t));for(let o of r)i.mergeIn(o.logic)}else if(n instanceof Et)i.mergeIn(n.logic);else throw new C(1909,!1);return i}function $n(n,e){return m(l$1({},n),{depth:e})}var Qr=Symbol(`PATH`);var H=class n{keys;parent;keyInParent;root;children=/* @__PURE__ */ new Map;fieldPathProxy=new Proxy(this,Ca);logicBuilder;constructor(e,t,i,r){this.keys=e,this.parent=i,this.keyInParent=r,this.root=t??this,i||(this.logicBuilder=it.newRoot())}get builder(){return this.logicBuilder?this.logicBuilder:this.parent.builder.getChild(this.keyInParent)}getChild(e){return this.children.has(e)||this.children.set(e,new n([...this.keys,e],this.root,this,e)),this.children.get(e)}mergeIn(e,t){let i=e.compile();this.builder.mergeIn(i.builder,t)}static unwrapFieldPath(e){return e[Qr]}static newRoot(){return new n([],void 0,void 0,void 0)}};var Ca={get(n,e){return e===Qr?n:n.getChild(e).fieldPathProxy}};var Zt;var St=/* @__PURE__ */ new Map;var wt=class n{schemaFn;constructor(e){this.schemaFn=e}compile(){if(St.has(this))return St.get(this);let e=H.newRoot();St.set(this,e);let t=Zt;try{Zt=e,this.schemaFn(e.fieldPathProxy)}finally{Zt=t}return e}static create(e){return e instanceof n?e:new n(e)}static rootCompile(e){try{return St.clear(),e===void 0?H.newRoot():e instanceof n?e.compile():new n(e).compile()}finally{St.clear()}}};function Ma(n){return n instanceof wt||typeof n==`function`}function we(n){if(Zt!==H.unwrapFieldPath(n).root)throw new C(1908,!1)}function se(n,e,t){return we(n),H.unwrapFieldPath(n).builder.addMetadataRule(e,t),e}var De={list(){return{reduce:(n,e)=>e===void 0?n:[...n,e],getInitial:()=>[]}},min(){return{reduce:(n,e)=>n===void 0||e===void 0?n??e:e<n?e:n,getInitial:()=>{}}},max(){return{reduce:(n,e)=>n===void 0||e===void 0?n??e:e>n?e:n,getInitial:()=>{}}},or(){return{reduce:(n,e)=>n||e,getInitial:()=>!1}},and(){return{reduce:(n,e)=>n&&e,getInitial:()=>!0}},override:Sa};function Sa(n){return{reduce:(e,t)=>t,getInitial:()=>n?.()}}var ii=Symbol(`IS_ASYNC_VALIDATION_RESOURCE`);var rn=class{reducer;create;brand;[ii];constructor(e,t){this.reducer=e,this.create=t}};function W(n){return new rn(n??De.override())}function ri(){return W()}var oi=W(De.or());var ai=ri();var si=W(De.max());var li=ri();var di=W(De.min());var Zr=W(De.max());var ci=W(De.min());var Jr=W(De.list());function U(n,e){if(n===e)return!0;if(!n||!e||n.length!==e.length)return!1;for(let t=0;t<n.length;t++)if(!Object.is(n[t],e[t]))return!1;return!0}function Na(n){return n.errors().length>0?`invalid`:n.pending()?`unknown`:`valid`}var Un=class{node;constructor(e){this.node=e}rawSyncTreeErrors=ZC(()=>this.shouldSkipValidation()?[]:[...this.node.logicNode.logic.syncTreeErrors.compute(this.node.context),...this.node.structure.parent?.validationState.rawSyncTreeErrors()??[]],{equal:U});syncErrors=ZC(()=>this.shouldSkipValidation()?[]:[...this.node.logicNode.logic.syncErrors.compute(this.node.context),...this.syncTreeErrors(),...Ea(this.node.submitState.submissionErrors())],{equal:U});syncValid=ZC(()=>this.shouldSkipValidation()?!0:this.node.structure.reduceChildren(this.syncErrors().length===0,(e,t)=>t&&e.validationState.syncValid(),ba));syncTreeErrors=ZC(()=>this.rawSyncTreeErrors().filter(e=>e.fieldTree===this.node.fieldTree),{equal:U});rawAsyncErrors=ZC(()=>this.shouldSkipValidation()?[]:[...this.node.logicNode.logic.asyncErrors.compute(this.node.context),...this.node.structure.parent?.validationState.rawAsyncErrors()??[]],{equal:U});asyncErrors=ZC(()=>this.shouldSkipValidation()?[]:this.rawAsyncErrors().filter(e=>e===`pending`||e.fieldTree===this.node.fieldTree),{equal:U});parseErrors=ZC(()=>this.node.formFieldBindings().flatMap(e=>e.parseErrors()),{equal:U});errors=ZC(()=>[...this.parseErrors(),...this.syncErrors(),...this.asyncErrors().filter(e=>e!==`pending`)],{equal:U});errorSummary=ZC(()=>{let e=this.node.structure.reduceChildren(this.errors(),(t,i)=>[...i,...t.errorSummary()]);return pm(()=>e.sort(wa)),e},{equal:U});pending=ZC(()=>this.node.structure.reduceChildren(this.asyncErrors().includes(`pending`),(e,t)=>t||e.validationState.pending()));status=ZC(()=>{if(this.shouldSkipValidation())return`valid`;let e=Na(this);return this.node.structure.reduceChildren(e,(t,i)=>i===`invalid`||t.validationState.status()===`invalid`?`invalid`:i===`unknown`||t.validationState.status()===`unknown`?`unknown`:`valid`,t=>t===`invalid`)});valid=ZC(()=>this.status()===`valid`);invalid=ZC(()=>this.status()===`invalid`);shouldSkipValidation=ZC(()=>this.node.hidden()||this.node.disabled()||this.node.readonly()||this.node.structure.isOrphaned())};function Ea(n){return n===void 0?[]:ye(n)?n:[n]}function ln(n,e){if(ye(n))for(let t of n)t.fieldTree??=e;else n&&(n.fieldTree??=e);return n}function Kr(n){return n.formField?n.formField.element:n.fieldTree().formFieldBindings().reduce((e,t)=>!e||!t.element?e??t.element:e.compareDocumentPosition(t.element)&Node.DOCUMENT_POSITION_PRECEDING?t.element:e,void 0)}function wa(n,e){let t=Kr(n),i=Kr(e);return t===i?0:t===void 0||i===void 0?t===void 0?1:-1:t.compareDocumentPosition(i)&Node.DOCUMENT_POSITION_PRECEDING?1:-1}var Wn=W();var Kn=class{node;cache=/* @__PURE__ */ new WeakMap;constructor(e){this.node=e,this.fieldTreeOf=this.fieldTreeOf.bind(this),this.stateOf=this.stateOf.bind(this)}resolve(e){if(!this.cache.has(e)){let t=ZC(()=>{let i=H.unwrapFieldPath(e),r=this.node,o=_a();for(;o>0||!r.structure.logic.hasLogic(i.root.builder);)if(o--,r=r.structure.parent,r===void 0)throw new C(1900,!1);for(let a of i.keys)if(r=r.structure.getChild(a),r===void 0)throw new C(1901,!1);return r.fieldTree});this.cache.set(e,t)}return this.cache.get(e)()}get fieldTree(){return this.node.fieldProxy}get state(){return this.node}get value(){return this.node.structure.value}get key(){return this.node.structure.keyInParent}get pathKeys(){return this.node.structure.pathKeys}index=ZC(()=>{let e=this.key();if(!ye(pm(this.node.structure.parent.value)))throw new C(1906,!1);return Number(e)});fieldTreeOf(e){return this.resolve(e)}stateOf(e){return this.resolve(e)()}valueOf=e=>{let t=this.resolve(e)().value();if(kr(t))throw new C(1907,!1);return t}};var Xn=class{node;metadata=/* @__PURE__ */ new Map;constructor(e){this.node=e}runMetadataCreateLifecycle(){if(!this.node.logicNode.logic.hasMetadataKeys())return;let e=JC();e&&XC(!1);try{pm(()=>{for(let t of this.node.logicNode.logic.getMetadataKeys())t.create&&ei$1(this.node.structure.injector,()=>{let i=this.node.logicNode.logic.getMetadata(t),r=t.create(this.node,ZC(()=>i.compute(this.node.context)));this.metadata.set(t,r)})})}finally{e&&XC(!0)}}get(e){if(this.has(e)&&!this.metadata.has(e)){if(e.create)throw new C(1912,!1);let t=this.node.logicNode.logic.getMetadata(e);this.metadata.set(e,ZC(()=>t.compute(this.node.context)))}return this.metadata.get(e)}has(e){return this.node.logicNode.logic.hasMetadata(e)}};var Da={get(n,e,t){if(e===ni)return!0;let i=n(),r=i.structure.getChild(e);if(r!==void 0)return r.fieldTree;let o=pm(i.value);if(ye(o)){if(e===`length`)return i.value().length;if(e===Symbol.iterator)return()=>(i.value(),Array.prototype[Symbol.iterator].apply(i.fieldTree))}if(Jt(o)&&e===Symbol.iterator)return function*(){for(let a in t)yield[a,t[a]]}},getOwnPropertyDescriptor(n,e){let t=pm(n().value),i=Reflect.getOwnPropertyDescriptor(t,e);return i&&!i.configurable&&(i.configurable=!0),i},ownKeys(n){let e=pm(n().value);return typeof e==`object`&&e!==null?Reflect.ownKeys(e):[]}};function Fa(n,e){let t=ZC(()=>n()[e()]);return t[H$1]=n[H$1],t.set=i=>{Object.is(pm(t),i)||n.update(r=>Aa(r,i,e()))},t.update=i=>{t.set(i(pm(t)))},t.asReadonly=()=>t,t}function Aa(n,e,t){if(ye(n)){let i=[...n];return i[t]=e,i}else return m(l$1({},n),{[t]:e})}var et=Symbol(``);var eo=ZC(()=>!1);var on=class{logic;node;createChildNode;identitySymbol=Symbol();_injector=void 0;_anyChildHasLogic;get injector(){return this._injector??=ae.create({providers:[],parent:this.fieldManager.injector}),this._injector}constructor(e,t,i){this.logic=e,this.node=t,this.createChildNode=i}children(){this.ensureChildrenMap();let e=this.childrenMap();return e===void 0?[]:Array.from(e.byPropertyKey.values()).map(t=>pm(t.reader))}materializedChildren(){let e=this.childrenMap();return e===void 0?[]:Array.from(e.byPropertyKey.values()).map(t=>t.node)}_areChildrenMaterialized(){return pm(this.childrenMap)!==void 0}ensureChildrenMap(){this._areChildrenMaterialized()||pm(()=>{this.childrenMap.update(e=>this.computeChildrenMap(this.value(),e,!0))})}getChild(e){this.ensureChildrenMap();let t=e.toString(),i=pm(this.childrenMap)?.byPropertyKey.get(t)?.reader;return i||(i=this.createReader(t)),i()}reduceChildren(e,t,i){let r=this.childrenMap();if(!r)return e;let o=e;for(let a of r.byPropertyKey.values()){if(i?.(o))break;o=t(pm(a.reader),o)}return o}destroy(){this._injector?.destroy()}createKeyOrOrphanSignals(e,t,i){if(e===`root`)return{keyInParent:to,isOrphaned:eo};let r=this.parent,o=i,a=ZC(()=>{if(r.structure.isOrphaned())return et;let y=r.structure.childrenMap();if(!y)return et;let R=y.byPropertyKey.get(o);if(R&&R.node===this.node)return o;if(t===void 0)return et;for(let[B,Ie]of y.byPropertyKey)if(Ie.node===this.node)return o=B;return et}),u=ZC(()=>a()===et);return{keyInParent:ZC(()=>{let y=a();if(y===et)throw t===void 0?new C(-1902,!1):new C(1904,!1);return y}),isOrphaned:u}}createChildrenMap(){return KC({source:this.value,computation:(e,t)=>this.computeChildrenMap(e,t?.value,!1)})}computeChildrenMap(e,t,i){if(!Jt(e)||!i&&t===void 0&&!(this._anyChildHasLogic??=this.logic.anyChildHasLogic()))return;t??={byPropertyKey:/* @__PURE__ */ new Map};let r,o=ye(e);t!==void 0&&(o?r=Ra(t,e,this.identitySymbol):r=Va(t,e));for(let a of Object.keys(e)){let u,h=e[a];if(h===void 0){t.byPropertyKey.has(a)&&(r??=l$1({},t),r.byPropertyKey.delete(a));continue}o&&Jt(h)&&!ye(h)&&(u=h[this.identitySymbol]??=Symbol(``));let y;u&&(t.byTrackingKey?.has(u)||(r??=l$1({},t),r.byTrackingKey??=/* @__PURE__ */ new Map,r.byTrackingKey.set(u,this.createChildNode(a,u,o))),y=(r??t).byTrackingKey.get(u));let R=t.byPropertyKey.get(a);R===void 0?(r??=l$1({},t),r.byPropertyKey.set(a,{reader:this.createReader(a),node:y??this.createChildNode(a,u,o)})):y&&y!==R.node&&(r??=l$1({},t),R.node=y)}return r??t}createReader(e){return ZC(()=>this.childrenMap()?.byPropertyKey.get(e)?.node)}};var Yn=class extends on{fieldManager;value;get parent(){}get root(){return this.node}get pathKeys(){return Ia}get keyInParent(){return to}isOrphaned=eo;childrenMap;constructor(e,t,i,r,o){super(t,e,o),this.fieldManager=i,this.value=r,this.childrenMap=this.createChildrenMap()}};var Qn=class extends on{logic;parent;root;pathKeys;keyInParent;value;childrenMap;isOrphaned;get fieldManager(){return this.root.structure.fieldManager}constructor(e,t,i,r,o,a){super(t,e,a),this.logic=t,this.parent=i,this.root=this.parent.structure.root;let u=this.createKeyOrOrphanSignals(`child`,r,o);this.isOrphaned=u.isOrphaned,this.keyInParent=u.keyInParent,this.pathKeys=ZC(()=>[...i.structure.pathKeys(),this.keyInParent()]),this.value=Fa(this.parent.structure.value,this.keyInParent),this.childrenMap=this.createChildrenMap(),this.fieldManager.structures.add(this)}};var Ia=ZC(()=>[]);var to=ZC(()=>{throw new C(1905,!1)});function Ra(n,e,t){let i,r=new Set(n.byPropertyKey.keys()),o=n.byTrackingKey&&new Set(n.byTrackingKey.keys());for(let a=0;a<e.length;a++){let u=e[a];r.delete(a.toString()),o&&Jt(u)&&Object.hasOwn(u,t)&&o.delete(u[t])}if(r.size>0){i??=l$1({},n);for(let a of r)i.byPropertyKey.delete(a)}if(o&&o.size>0){i??=l$1({},n);for(let a of o)i.byTrackingKey.delete(a)}return i}function Va(n,e){let t;for(let i of n.byPropertyKey.keys())Object.hasOwn(e,i)||(t??=l$1({},n),t.byPropertyKey.delete(i));return t}var Zn=class{node;selfSubmitting=pi$1(!1);submissionErrors;constructor(e){this.node=e,this.submissionErrors=KC({source:this.node.structure.value,computation:()=>[]})}submitting=ZC(()=>this.selfSubmitting()||(this.node.structure.parent?.submitting()??!1))};var Dt=class{structure;validationState;metadataState;nodeState;submitState;fieldAdapter;controlValue;_context=void 0;get context(){return this._context??=new Kn(this)}fieldProxy=new Proxy(()=>this,Da);pathNode;constructor(e){this.pathNode=e.pathNode,this.fieldAdapter=e.fieldAdapter,this.structure=this.fieldAdapter.createStructure(this,e),this.validationState=this.fieldAdapter.createValidationState(this,e),this.nodeState=this.fieldAdapter.createNodeState(this,e),this.metadataState=new Xn(this),this.submitState=new Zn(this),this.controlValue=this.controlValueSignal(),this.metadataState.runMetadataCreateLifecycle()}focusBoundControl(e){this.getBindingForFocus()?.focus(e)}getBindingForFocus(){return this.formFieldBindings().filter(t=>t.focus!==void 0).reduce(Xr,void 0)||this.structure.children().map(t=>t.getBindingForFocus()).reduce(Xr,void 0)}pendingSync=KC({source:()=>this.value(),computation:(e,t)=>{t?.value?.abort()}});get fieldTree(){return this.fieldProxy}get logicNode(){return this.structure.logic}get value(){return this.structure.value}get keyInParent(){return this.structure.keyInParent}get errors(){return this.validationState.errors}get parseErrors(){return this.validationState.parseErrors}get errorSummary(){return this.validationState.errorSummary}get pending(){return this.validationState.pending}get valid(){return this.validationState.valid}get invalid(){return this.validationState.invalid}get dirty(){return this.nodeState.dirty}get touched(){return this.nodeState.touched}get disabled(){return this.nodeState.disabled}get disabledReasons(){return this.nodeState.disabledReasons}get hidden(){return this.nodeState.hidden}get readonly(){return this.nodeState.readonly}get formFieldBindings(){return this.nodeState.formFieldBindings}get submitting(){return this.submitState.submitting}get name(){return this.nodeState.name}get max(){let e=this.metadata(li)?.();return e?this.metadata(e):void 0}get maxLength(){return this.metadata(ci)}get min(){let e=this.metadata(ai)?.();return e?this.metadata(e):void 0}get minLength(){return this.metadata(Zr)}get pattern(){return this.metadata(Jr)??Ta}get required(){return this.metadata(oi)??Oa}metadata(e){return this.metadataState.get(e)}getError(e){return this.errors().find(t=>t.kind===e)}hasMetadata(e){return this.metadataState.has(e)}markAsTouched(e){this.structure.isOrphaned()||pm(()=>{this.markAsTouchedInternal(e)})}markAsTouchedInternal(e){if(this.structure.isOrphaned())return;let t=this.validationState.shouldSkipValidation();if(t||this.nodeState.markAsTouched(),this.flushSync(),e?.skipDescendants)return;let i=t?this.structure.materializedChildren():this.structure.children();for(let r of i)r.markAsTouchedInternal()}markAsDirty(){this.nodeState.markAsDirty()}markAsPristine(){this.nodeState.markAsPristine()}markAsUntouched(){this.nodeState.markAsUntouched()}reset(e){pm(()=>this._reset(e))}_reset(e){this.pendingSync()?.abort(),e!==void 0&&this.value.set(e),this.controlValue.rawSet(this.value()),this.nodeState.markAsUntouched(),this.nodeState.markAsPristine();for(let t of this.formFieldBindings())t.reset();for(let t of this.structure.materializedChildren())t._reset()}reloadValidation(){pm(()=>this._reloadValidation())}_reloadValidation(){let e=this.logicNode.logic.getMetadataKeys();for(let t of e)t[ii]&&this.metadata(t).reload?.();for(let t of this.structure.children())t._reloadValidation()}controlValueSignal(){let e=KC(this.value);e.rawSet=e.set,e.set=i=>{e.rawSet(i),this.markAsDirty(),this.debounceSync()};let t=e.update;return e.update=i=>{t(i),this.markAsDirty(),this.debounceSync()},e}sync(){this.value.set(this.controlValue())}flushSync(){let e=this.pendingSync();e&&!e.signal.aborted&&(e.abort(),this.sync())}async debounceSync(){let e=pm(()=>(this.pendingSync()?.abort(),this.nodeState.debouncer()));if(e){let t=new AbortController,i=e(t.signal);if(i&&(this.pendingSync.set(t),await i,t.signal.aborted))return}this.structure.isOrphaned()||this.sync()}static newRoot(e,t,i,r){return r.newRoot(e,t,i,r)}createStructure(e){return e.kind===`root`?new Yn(this,e.logic,e.fieldManager,e.value,this.newChild.bind(this)):new Qn(this,e.logic,e.parent,e.identityInParent,e.initialKeyInParent,this.newChild.bind(this))}newChild(e,t,i){let r,o;return i?(r=this.pathNode.getChild(Ee),o=this.structure.logic.getChild(Ee)):(r=this.pathNode.getChild(e),o=this.structure.logic.getChild(e)),this.fieldAdapter.newChild({kind:`child`,parent:this,pathNode:r,logic:o,initialKeyInParent:e,identityInParent:t,fieldAdapter:this.fieldAdapter})}};var Ta=ZC(()=>[]);var Oa=ZC(()=>!1);function Xr(n,e){return n?e&&n.element.compareDocumentPosition(e.element)&Node.DOCUMENT_POSITION_PRECEDING?e:n:e}var Jn=class{node;selfTouched=pi$1(!1);selfDirty=pi$1(!1);markAsTouched(){this.selfTouched.set(!0)}markAsDirty(){this.selfDirty.set(!0)}markAsPristine(){this.selfDirty.set(!1)}markAsUntouched(){this.selfTouched.set(!1)}formFieldBindings=pi$1([]);constructor(e){this.node=e}dirty=ZC(()=>{let e=this.selfDirty()&&!this.isNonInteractive();return this.node.structure.reduceChildren(e,(t,i)=>i||t.nodeState.dirty(),Ur)});touched=ZC(()=>{let e=this.selfTouched()&&!this.isNonInteractive();return this.node.structure.reduceChildren(e,(t,i)=>i||t.nodeState.touched(),Ur)});disabledReasons=ZC(()=>[...this.node.structure.parent?.nodeState.disabledReasons()??[],...this.node.logicNode.logic.disabledReasons.compute(this.node.context)],{equal:U});disabled=ZC(()=>!!this.disabledReasons().length);readonly=ZC(()=>(this.node.structure.parent?.nodeState.readonly()||this.node.logicNode.logic.readonly.compute(this.node.context))??!1);hidden=ZC(()=>(this.node.structure.parent?.nodeState.hidden()||this.node.logicNode.logic.hidden.compute(this.node.context))??!1);name=ZC(()=>{let e=this.node.structure.parent;return e?`${e.name()}.${this.node.structure.keyInParent()}`:this.node.structure.fieldManager.rootName});debouncer=ZC(()=>{if(this.node.logicNode.logic.hasMetadata(Wn)){let t=this.node.logicNode.logic.getMetadata(Wn).compute(this.node.context);if(t)return i=>t(this.node.context,i)}return this.node.structure.parent?.nodeState.debouncer?.()});isNonInteractive=ZC(()=>this.hidden()||this.disabled()||this.readonly())};var ei=class{newRoot(e,t,i,r){return new Dt({kind:`root`,fieldManager:e,value:t,pathNode:i,logic:i.builder.build(),fieldAdapter:r})}newChild(e){return new Dt(e)}createNodeState(e){return new Jn(e)}createValidationState(e){return new Un(e)}createStructure(e,t){return e.createStructure(t)}};var ti=class{injector;rootName;submitOptions;constructor(e,t,i){this.injector=e,this.rootName=t??`${this.injector.get(Hd)}.form${Pa++}`,this.submitOptions=i}structures=/* @__PURE__ */ new Set;createFieldManagementEffect(e){$d(()=>{let t=/* @__PURE__ */ new Set;this.markStructuresLive(e,t);for(let i of this.structures)t.has(i)||(this.structures.delete(i),pm(()=>i.destroy()))},{injector:this.injector})}markStructuresLive(e,t){t.add(e);for(let i of e.children())this.markStructuresLive(i.structure,t)}};var Pa=0;var no=new A$1(``);function ka(n){let e=n[0],t,i;return Ma(n[1])?(t=n[1],i=n[2]):i=n[1]&&n[2]?l$1(l$1({},n[1]),n[2]):n[1]??n[2],[e,t,i]}function La(...n){let[e,t,i]=ka(n),r=i?.injector??b(ae),o=ei$1(r,()=>wt.rootCompile(t)),a=new ti(r,i?.name,i?.submission),u=i?.adapter??new ei,h=Dt.newRoot(a,e,o,u);a.createFieldManagementEffect(h.structure);let{experimentalWebMcpTool:y}=i??{};if(y){let R=ei$1(r,()=>b(no,{optional:!0}));R&&ei$1(r,()=>R(h.fieldTree,{name:y.name,description:y.description,annotations:y.annotations}))}return h.fieldTree}function za(n,e){we(n);let t=H.unwrapFieldPath(n).getChild(Ee).fieldPathProxy;io(t,e)}function io(n,e){we(n),H.unwrapFieldPath(n).mergeIn(wt.create(e))}async function ja(n,e){let t=pm(n);if(pm(t.submitState.submitting))return!1;let i=e===void 0?t.structure.root.fieldProxy:n,r={root:t.structure.root.fieldProxy,submitted:n};e=typeof e==`function`?{action:e}:e??t.structure.fieldManager.submitOptions;let o=e?.action;if(!o)throw new C(1915,!1);t.markAsTouched();let a=e?.onInvalid,u=Ba(t,e?.ignoreValidators);try{if(u){t.submitState.selfSubmitting.set(!0);let h=await pm(()=>o?.(i,r));return h&&Ha(t,h),!h||ye(h)&&h.length===0}else pm(()=>a?.(i,r));return!1}finally{t.submitState.selfSubmitting.set(!1)}}function Ba(n,e){switch(e){case`all`:return!0;case`none`:return pm(n.valid);default:return!pm(n.invalid)}}function Ha(n,e){ye(e)||(e=[e]);let t=/* @__PURE__ */ new Map;for(let i of e){let r=ln(i,n.fieldTree),o=r.fieldTree(),a=t.get(o);a||(a=[],t.set(o,a)),a.push(r)}for(let[i,r]of t)i.submitState.submissionErrors.set(r)}var an=class{kind=`compat`;control;fieldTree;context;message;constructor({context:e,kind:t,control:i}){this.context=e,this.kind=t,this.control=i}};function ro(n){if(n.length===0)return null;let e={};for(let t of n)e[t.kind]=t instanceof an?t.context:t;return e}function oo(n,e){return n===null?[]:Object.entries(n).map(([t,i])=>new an({context:i,kind:t,control:e}))}function Ft(n){return typeof n==`function`&&n[ni]===!0}var Ga=new A$1(``);function td(n,e){we(n);let t=H.unwrapFieldPath(n),i;typeof e==`function`||typeof e==`string`?i=e:i=e?.when,t.builder.addDisabledReasonRule(r=>{let o=!0;return typeof i==`string`?o=i:i&&(o=i(r)),typeof o==`string`?{fieldTree:r.fieldTree,message:o}:o?{fieldTree:r.fieldTree}:void 0})}function nd(n,e){we(n);let t=H.unwrapFieldPath(n),i=typeof e==`function`?e:e?.when??(()=>!0);t.builder.addHiddenRule(i)}function qa(n){let e=n;return typeof e.length==`number`?e.length:e.size}function Ae(n,e){return n instanceof Function?n(e):n}function co(n){return typeof n==`number`?isNaN(n):n===``||n===!1||n==null}function ao(n){return n===void 0?[]:Array.isArray(n)?n:[n]}function un(n,e){we(n),H.unwrapFieldPath(n).builder.addSyncErrorRule(i=>ln(e(i),i.fieldTree))}function $a(n){return new ui(n)}function Ua(n,e){return new mi(n,e)}function Wa(n,e){return new fi(n,e)}function Ka(n,e){return new hi(n,e)}var ze=class{__brand=void 0;kind=``;fieldTree;message;constructor(e){e&&Object.assign(this,e)}};var ui=class extends ze{kind=`required`};var mi=class extends ze{min;kind=`min`;constructor(e,t){super(t),this.min=e}};var fi=class extends ze{max;kind=`max`;constructor(e,t){super(t),this.max=e}};var hi=class extends ze{maxLength;kind=`maxLength`;constructor(e,t){super(t),this.maxLength=e}};var dn=class extends ze{kind=`parse`};function id(n,e,t){let i=W();se(n,i,r=>{if(!(t?.when&&!t.when(r)))return typeof e==`function`?e(r):e}),se(n,di,({state:r})=>r.metadata(i)()),se(n,li,()=>di),un(n,r=>{let o=r.value();if(o===null||Number.isNaN(o))return;let a=r.state.metadata(i)();if(!(a===void 0||Number.isNaN(a))&&o>a)return t?.error?Ae(t.error,r):Wa(a,{message:Ae(t?.message,r)})})}function rd(n,e,t){let i=se(n,W(),r=>{if(!(t?.when&&!t.when(r)))return typeof e==`number`?e:e(r)});se(n,ci,({state:r})=>r.metadata(i)()),un(n,r=>{if(co(r.value()))return;let o=r.state.metadata(i)();if(o!==void 0&&qa(r.value())>o)return t?.error?Ae(t.error,r):Ka(o,{message:Ae(t?.message,r)})})}function od(n,e,t){let i=W();se(n,i,r=>{if(!(t?.when&&!t.when(r)))return typeof e==`function`?e(r):e}),se(n,si,({state:r})=>r.metadata(i)()),se(n,ai,()=>si),un(n,r=>{let o=r.value();if(o===null||Number.isNaN(o))return;let a=r.state.metadata(i)();if(!(a===void 0||Number.isNaN(a))&&o<a)return t?.error?Ae(t.error,r):Ua(a,{message:Ae(t?.message,r)})})}function ad(n,e){let t=se(n,W(),i=>e?.when?e.when(i):!0);se(n,oi,({state:i})=>i.metadata(t)()),un(n,i=>{if(i.state.metadata(t)()&&co(i.value()))return e?.error?Ae(e.error,i):$a({message:Ae(e?.message,i)})})}function sd(n,e){we(n),H.unwrapFieldPath(n).builder.addSyncTreeErrorRule(i=>ln(e(i),i.fieldTree))}function uo(n,e,t){let i=KC({source:n,computation:()=>[],equal:U}),r=a=>{let u=t(a);i.set(ao(u.error)),u.value!==void 0&&e(u.value),i.set(ao(u.error))},o=()=>{i.set([])};return{errors:i.asReadonly(),setRawValue:r,reset:o}}function mo(n,e){let{parse:t,format:i}=e,r=uo(n,n.set,t),o=KC(()=>i(n())),a=o;a.parseErrors=r.errors;let u=a.set.bind(a),h=b(kn,{self:!0,optional:!0});return h&&(h.setParseErrors(r.errors),h.onReset=y=>{r.reset();let R=y!==void 0?y:n();u(i(R))}),a.set=y=>{r.setRawValue(y),u(y)},a.update=y=>{a.set(y(o()))},a}var pi=class{field;constructor(e){this.field=e}control=this;get value(){return this.field().controlValue()}get valid(){return this.field().valid()}get invalid(){return this.field().invalid()}get pending(){return this.field().pending()}get disabled(){return this.field().disabled()}get enabled(){return!this.field().disabled()}get errors(){return ro(this.field().errors())}get pristine(){return!this.field().dirty()}get dirty(){return this.field().dirty()}get touched(){return this.field().touched()}get untouched(){return!this.field().touched()}get status(){if(this.field().disabled())return`DISABLED`;if(this.field().valid())return`VALID`;if(this.field().invalid())return`INVALID`;if(this.field().pending())return`PENDING`;throw new C(1910,!1)}valueAccessor=null;hasValidator(e){return e===Me.required?this.field().required():!1}updateValueAndValidity(){}};var gi={disabled:`disabled`,disabledReasons:`disabledReasons`,dirty:`dirty`,errors:`errors`,hidden:`hidden`,invalid:`invalid`,max:`max`,maxLength:`maxLength`,min:`min`,minLength:`minLength`,name:`name`,pattern:`pattern`,pending:`pending`,readonly:`readonly`,required:`required`,touched:`touched`};var Xa=(()=>{let n={};for(let e of Object.keys(gi))n[gi[e]]=e;return n})();function yi(n,e){return n[Xa[e]]?.()}var vi=Object.values(gi);function mn(){return{}}function Fe(n,e,t){return Object.is(n[e],t)?!1:(n[e]=t,!0)}function Ya(n,e,t){let i;if(fo(n)&&t.isBadInput(n))return{error:new dn};switch(n.type){case`checkbox`:return{value:n.checked};case`number`:case`range`:case`datetime-local`:if(i=pm(e),typeof i==`number`||i===null)return{value:n.value===``?null:n.valueAsNumber};break;case`date`:case`month`:case`time`:case`week`:if(i=pm(e),i===null||i instanceof Date)return{value:n.valueAsDate};if(typeof i==`number`)return{value:n.valueAsNumber}}if(n.tagName===`INPUT`&&n.type===`text`&&(i??=pm(e),typeof i==`number`||i===null)){if(n.value===``)return{value:null};let r=Number(n.value);return Number.isNaN(r)?{error:new dn}:{value:r}}return{value:n.value}}function so(n,e){switch(n.type){case`checkbox`:n.checked=e;return;case`radio`:n.checked=e===n.value;return;case`number`:case`range`:case`datetime-local`:if(typeof e==`number`){lo(n,e);return}else if(e===null){n.value=``;return}break;case`date`:case`month`:case`time`:case`week`:if(e===null||e instanceof Date){n.valueAsDate=e;return}else if(typeof e==`number`){lo(n,e);return}}if(n.tagName===`INPUT`&&n.type===`text`){if(typeof e==`number`){n.value=isNaN(e)?``:String(e);return}if(e===null){n.value=``;return}}n.value=e}function lo(n,e){isNaN(e)?n.value=``:n.valueAsNumber=e}function fo(n){return n.tagName===`INPUT`}function Qa(n){return n.type===`date`||n.type===`datetime-local`||n.type===`month`||n.type===`time`||n.type===`week`}function Za(n,e){let t=n.getUTCFullYear(),i=String(n.getUTCMonth()+1).padStart(2,`0`);if(e===`month`)return`${t}-${i}`;return`${t}-${i}-${String(n.getUTCDate()).padStart(2,`0`)}`}function ho(n,e,t){return e instanceof Date&&(n===`min`||n===`max`)&&(t===`date`||t===`month`)?Za(e,t):e}function Ja(n,e){n.listenToCustomControlModel(i=>e.state().controlValue.set(i)),n.listenToCustomControlOutput(`touch`,()=>e.state().markAsTouched()),e.registerAsBinding(n.customControl);let t=mn();return()=>{let i=e.state(),r=i.controlValue();Fe(t,`controlValue`,r)&&n.setCustomControlModelInput(r);for(let o of vi){let a;if(o===`errors`?a=e.errors():a=yi(i,o),Fe(t,o,a)&&(n.setInputOnDirectives(o,a),e.elementAcceptsNativeProperty(o)&&!n.customControlHasInput(o))){let u=ho(o,a,e.nativeFormElement.type);Mt(e.renderer,e.nativeFormElement,o,u)}}}}function es(n){return typeof n==`object`&&n!==null}function ts(n,e){let t=mn();e.controlValueAccessor.registerOnChange(r=>{t.controlValue=r,e.state().controlValue.set(r)}),e.controlValueAccessor.registerOnTouched(()=>e.state().markAsTouched());let i=e.injector.get(Ct,null,{optional:!0,self:!0});if(i){let r;for(let h of i)es(h)&&h.registerOnValidatorChange&&(r??=pi$1(0),h.registerOnValidatorChange(()=>{r.update(y=>y+1)}));let o=i.map(h=>typeof h==`function`?h:h.validate.bind(h)),a=Me.compose(o),u=ZC(()=>{r?.();return oo(a?a(e.interopNgControl.control):null,e.interopNgControl.control)});e.parseErrorsSource.set(u)}return e.registerAsBinding({reset:()=>{let r=e.state().value();t.controlValue=r,pm(()=>e.controlValueAccessor.writeValue(r))}}),()=>{let r=e.state(),o=r.controlValue();Fe(t,`controlValue`,o)&&pm(()=>e.controlValueAccessor.writeValue(o));for(let a of vi){let u=yi(r,a);if(Fe(t,a,u)){let h=n.setInputOnDirectives(a,u,a===`name`?ns:void 0);a===`disabled`&&e.controlValueAccessor.setDisabledState?pm(()=>e.controlValueAccessor.setDisabledState(u)):!h&&e.elementAcceptsNativeProperty(a)&&Mt(e.renderer,e.nativeFormElement,a,u)}}}}function ns(n){return n==null}function is(n,e,t){if(typeof MutationObserver!=`function`)return;let i=new MutationObserver(r=>{r.some(o=>rs(o))&&e()});i.observe(n,{attributes:!0,attributeFilter:[`value`],characterData:!0,childList:!0,subtree:!0}),t.onDestroy(()=>i.disconnect())}function rs(n){if(n.type===`childList`||n.type===`characterData`){if(n.target instanceof Comment)return!1;for(let e of n.addedNodes)if(!(e instanceof Comment))return!0;for(let e of n.removedNodes)if(!(e instanceof Comment))return!0;return!1}return n.type===`attributes`&&n.target instanceof HTMLOptionElement}function os(n,e,t,i){let r=!1,o=e.nativeFormElement,a=uo(()=>e.state().value(),B=>e.state().controlValue.set(B),B=>Ya(o,e.state().value,i));t.set(a.errors),e.onReset=()=>{a.reset();let B=e.state().value();R.controlValue=B,so(o,B)};let u=n.nativeElement,h=()=>a.setRawValue(void 0);u.addEventListener(`input`,h);let y=()=>e.state().markAsTouched();u.addEventListener(`blur`,y),e.destroyRef.onDestroy(()=>{u.removeEventListener(`input`,h),u.removeEventListener(`blur`,y)}),fo(o)&&Qa(o)&&i.watchValidity(e.destroyRef,o,()=>a.setRawValue(void 0)),e.registerAsBinding(),o.tagName===`SELECT`&&is(o,()=>{r&&(o.value=e.state().controlValue())},e.destroyRef);let R=mn();return()=>{let B=e.state();for(let de of vi){let lt=yi(B,de);if(Fe(R,de,lt)&&(n.setInputOnDirectives(de,lt),e.elementAcceptsNativeProperty(de))){let yn=ho(de,lt,o.type);Mt(e.renderer,o,de,yn)}}let Ie=B.controlValue(),at=Fe(R,`controlValue`,Ie),st=o.type===`radio`&&Fe(R,`radioValue`,o.value);(at||st)&&so(o,Ie),r=!0}}var po=(()=>{class n{static ɵfac=function(i){return new(i||n)};static ɵprov=te$1({token:n,factory:t=>as.ɵfac(t),providedIn:`root`})}return n})();var as=(()=>{class n extends po{document=b(Nr$1);cspNonce=b(uv,{optional:!0});injectedStyles=/* @__PURE__ */ new WeakMap;watchValidity(t,i,r){let o=i.getRootNode();this.injectedStyles.has(o)||this.injectedStyles.set(o,this.createAnimationStyle(o));let a=u=>{let h=u;(h.animationName===`ng-valid`||h.animationName===`ng-invalid`)&&r()};i.addEventListener(`animationstart`,a),t.onDestroy(()=>{i.removeEventListener(`animationstart`,a)})}isBadInput(t){return t.validity?.badInput??!1}createAnimationStyle(t){let i=this.document.createElement(`style`);return this.cspNonce&&(i.nonce=this.cspNonce),i.textContent=`
      @keyframes ng-valid {}
      @keyframes ng-invalid {}
      input:valid, textarea:valid {
        animation: ng-valid 0.001s;
      }
      input:invalid, textarea:invalid {
        animation: ng-invalid 0.001s;
      }
    `,t.nodeType===9?t.head?.appendChild(i):t.appendChild(i),i}ngOnDestroy(){this.injectedStyles.get(this.document)?.remove()}static ɵfac=(()=>{let t;return function(r){return(t||(t=Wv(n)))(r||n)}})();static ɵprov=te$1({token:n,factory:n.ɵfac})}return n})();var ss=Symbol();var cn=new A$1(``);var ld=(()=>{class n{field=Yj.required({alias:`formField`});state=ZC(()=>this.field()());renderer=b(Cc);destroyRef=b(me);injector=b(ae);element=b(Qr$1).nativeElement;elementIsNativeFormElement=Pn(this.element);elementAcceptsTextualValues=jr(this.element);_elementAcceptsMinMax;nativeFormElement=this.elementIsNativeFormElement?this.element:void 0;focuser=t=>this.element.focus(t);controlValueAccessors=b(In,{optional:!0,self:!0});config=b(Ga,{optional:!0});validityMonitor=b(po);parseErrorsSource=pi$1(void 0);_interopNgControl;get interopNgControl(){return this._interopNgControl??=new pi(this.state)}parseErrors=ZC(()=>this.parseErrorsSource()?.().map(t=>m(l$1({},t),{fieldTree:pm(this.state).fieldTree,formField:this}))??[],{equal:U});errors=ZC(()=>this.state().errors().filter(t=>!t.formField||t.formField===this),{equal:U});isFieldBinding=!1;resetter=()=>{};parseErrorsResetCallback;setParseErrors(t){this.parseErrorsSource.set(t)}set onReset(t){this.parseErrorsResetCallback=t}get onReset(){return this.parseErrorsResetCallback}get controlValueAccessor(){return!this.controlValueAccessors||this.controlValueAccessors.length===0?this.interopNgControl?.valueAccessor??void 0:Ln(this.interopNgControl,this.controlValueAccessors)??void 0}installClassBindingEffect(){let t=Object.entries(this.config?.classes??{}).map(([r,o])=>[r,ZC(()=>o(this))]);if(t.length===0)return;let i=mn();i1({write:()=>{if(!this.state().structure.isOrphaned())for(let[r,o]of t){let a=o();Fe(i,r,a)&&(a?this.renderer.addClass(this.element,r):this.renderer.removeClass(this.element,r))}}},{injector:this.injector})}focus(t){this.focuser(t)}reset(){this.resetter(),this.parseErrorsResetCallback?.(this.state().value())}registerAsBinding(t){if(this.isFieldBinding)throw new C(1913,!1);this.isFieldBinding=!0,this.installClassBindingEffect(),t?.focus&&(this.focuser=i=>t.focus(i)),t?.reset&&(this.resetter=()=>t.reset()),$d(i=>{let r=this.state();r.nodeState.formFieldBindings.update(o=>[...o,this]),i(()=>{let o=r.nodeState.formFieldBindings().filter(a=>a!==this);r.nodeState.formFieldBindings.set(o),o.length===0&&!r.structure.isOrphaned()&&r.flushSync()})},{injector:this.injector})}[ss];ɵngControlCreate(t){if(!t.hasPassThrough)if(this.controlValueAccessor)this.ɵngControlUpdate=ts(t,this);else if(t.customControl)this.ɵngControlUpdate=Ja(t,this);else if(this.elementIsNativeFormElement)this.ɵngControlUpdate=os(t,this,this.parseErrorsSource,this.validityMonitor);else throw new C(1914,!1)}ɵngControlUpdate;elementAcceptsNativeProperty(t){if(!this.elementIsNativeFormElement)return!1;switch(t){case`min`:case`max`:return this._elementAcceptsMinMax??=zr(this.element);case`minLength`:case`maxLength`:return this.elementAcceptsTextualValues;case`disabled`:case`required`:case`readonly`:case`name`:return!0;default:return!1}}static ɵfac=function(i){return new(i||n)};static ɵdir=sw({type:n,selectors:[[``,`formField`,``]],inputs:{field:[1,`formField`,`field`]},exportAs:[`formField`],features:[FC([{provide:cn,useExisting:n},{provide:Je,useFactory:()=>b(n).interopNgControl},{provide:kn,useFactory:()=>b(cn,{self:!0})}]),lw(`formField`)]})}return n})();function rt(n){return n!=null&&`${n}`!=`false`}var ot;var go=[`color`,`button`,`checkbox`,`date`,`datetime-local`,`email`,`file`,`hidden`,`image`,`month`,`number`,`password`,`radio`,`range`,`reset`,`search`,`submit`,`tel`,`text`,`time`,`url`,`week`];function _i(){if(ot)return ot;if(typeof document!=`object`||!document)return ot=new Set(go),ot;let n=document.createElement(`input`);return ot=new Set(go.filter(e=>(n.setAttribute(`type`,e),n.type===e))),ot}var bi=class{_box;_destroyed=new ee$1;_resizeSubject=new ee$1;_resizeObserver;_elementObservables=/* @__PURE__ */ new Map;constructor(e){this._box=e,typeof ResizeObserver<`u`&&(this._resizeObserver=new ResizeObserver(t=>this._resizeSubject.next(t)))}observe(e){return this._elementObservables.has(e)||this._elementObservables.set(e,new S(t=>{let i=this._resizeSubject.subscribe(t);return this._resizeObserver?.observe(e,{box:this._box}),()=>{this._resizeObserver?.unobserve(e),i.unsubscribe(),this._elementObservables.delete(e)}}).pipe(ut(t=>t.filter(i=>i.target===e)),ko(t=>t.length>0),vy({bufferSize:1,refCount:!0}),Ey(this._destroyed))),this._elementObservables.get(e)}destroy(){this._destroyed.next(),this._destroyed.complete(),this._resizeSubject.complete(),this._elementObservables.clear()}};var yo=(()=>{class n{_cleanupErrorListener;_observers=/* @__PURE__ */ new Map;_ngZone=b(be$1);constructor(){}ngOnDestroy(){for(let[,t]of this._observers)t.destroy();this._observers.clear(),this._cleanupErrorListener?.()}observe(t,i){let r=i?.box||`content-box`;return this._observers.has(r)||this._observers.set(r,new bi(r)),this._observers.get(r).observe(t)}static ɵfac=function(i){return new(i||n)};static ɵprov=zr$1({token:n,factory:n.ɵfac})}return n})();var ls=new A$1(`MATERIAL_ANIMATIONS`);var vo=null;function ds(){return b(ls,{optional:!0})?.animationsDisabled||b(lv,{optional:!0})===`NoopAnimations`?`di-disabled`:(vo??=b(pe).matchMedia(`(prefers-reduced-motion)`).matches,vo?`reduced-motion`:`enabled`)}function _o(){return ds()!==`enabled`}var Z=(()=>{class n{static ɵfac=function(i){return new(i||n)};static ɵdir=sw({type:n,selectors:[[`mat-label`]]})}return n})();var cs=new A$1(`MatError`);var xi=(()=>{class n{align=`start`;id=b(v).getId(`mat-mdc-hint-`);static ɵfac=function(i){return new(i||n)};static ɵdir=sw({type:n,selectors:[[`mat-hint`]],hostAttrs:[1,`mat-mdc-form-field-hint`,`mat-mdc-form-field-bottom-align`],hostVars:4,hostBindings:function(i,r){i&2&&(Dg(`id`,r.id),pg(`align`,null),Zg(`mat-mdc-form-field-hint-end`,r.align===`end`))},inputs:{align:`align`,id:`id`}})}return n})();var us=new A$1(`MatPrefix`);var ms=new A$1(`MatSuffix`);var Eo=new A$1(`FloatingLabelParent`);var bo=(()=>{class n{_elementRef=b(Qr$1);get floating(){return this._floating}set floating(t){this._floating=t,this.monitorResize&&this._handleResize()}_floating=!1;get monitorResize(){return this._monitorResize}set monitorResize(t){this._monitorResize=t,this._monitorResize?this._subscribeToResize():this._resizeSubscription.unsubscribe()}_monitorResize=!1;_resizeObserver=b(yo);_ngZone=b(be$1);_parent=b(Eo);_resizeSubscription=new B;ngOnDestroy(){this._resizeSubscription.unsubscribe()}getWidth(){return fs(this._elementRef.nativeElement)}get element(){return this._elementRef.nativeElement}_handleResize(){setTimeout(()=>this._parent._handleLabelResized())}_subscribeToResize(){this._resizeSubscription.unsubscribe(),this._ngZone.runOutsideAngular(()=>{this._resizeSubscription=this._resizeObserver.observe(this._elementRef.nativeElement,{box:`border-box`}).subscribe(()=>this._handleResize())})}static ɵfac=function(i){return new(i||n)};static ɵdir=sw({type:n,selectors:[[`label`,`matFormFieldFloatingLabel`,``]],hostAttrs:[1,`mdc-floating-label`,`mat-mdc-floating-label`],hostVars:2,hostBindings:function(i,r){i&2&&Zg(`mdc-floating-label--float-above`,r.floating)},inputs:{floating:`floating`,monitorResize:`monitorResize`}})}return n})();function fs(n){let e=n;if(e.offsetParent!==null)return e.scrollWidth;let t=e.cloneNode(!0);t.style.setProperty(`position`,`absolute`),t.style.setProperty(`transform`,`translate(-9999px, -9999px)`),document.documentElement.appendChild(t);let i=t.scrollWidth;return t.remove(),i}var xo=`mdc-line-ripple--active`;var fn=`mdc-line-ripple--deactivating`;var Co=(()=>{class n{_elementRef=b(Qr$1);_cleanupTransitionEnd;constructor(){let t=b(be$1),i=b(Cc);t.runOutsideAngular(()=>{this._cleanupTransitionEnd=i.listen(this._elementRef.nativeElement,`transitionend`,this._handleTransitionEnd)})}activate(){let t=this._elementRef.nativeElement.classList;t.remove(fn),t.add(xo)}deactivate(){this._elementRef.nativeElement.classList.add(fn)}_handleTransitionEnd=t=>{let i=this._elementRef.nativeElement.classList,r=i.contains(fn);t.propertyName===`opacity`&&r&&i.remove(xo,fn)};ngOnDestroy(){this._cleanupTransitionEnd()}static ɵfac=function(i){return new(i||n)};static ɵdir=sw({type:n,selectors:[[`div`,`matFormFieldLineRipple`,``]],hostAttrs:[1,`mdc-line-ripple`]})}return n})();var Mo=(()=>{class n{_elementRef=b(Qr$1);_ngZone=b(be$1);open=!1;_notch;ngAfterViewInit(){let t=this._elementRef.nativeElement,i=t.querySelector(`.mdc-floating-label`);i?(t.classList.add(`mdc-notched-outline--upgraded`),typeof requestAnimationFrame==`function`&&(i.style.transitionDuration=`0s`,this._ngZone.runOutsideAngular(()=>{requestAnimationFrame(()=>i.style.transitionDuration=``)}))):t.classList.add(`mdc-notched-outline--no-label`)}_setNotchWidth(t){let i=this._notch.nativeElement;!this.open||!t?i.style.width=``:i.style.width=`calc(${t}px * var(--mat-mdc-form-field-floating-label-scale, 0.75) + 9px)`}_setMaxWidth(t){this._notch.nativeElement.style.setProperty(`--mat-form-field-notch-max-width`,`calc(100% - ${t}px)`)}static ɵfac=function(i){return new(i||n)};static ɵcmp=(function(){let t=[`notch`];return tw({type:n,selectors:[[`div`,`matFormFieldNotchedOutline`,``]],viewQuery:function(o,a){if(o&1&&Ug(t,5),o&2){let u;tC(u=nC())&&(a._notch=u.first)}},hostAttrs:[1,`mdc-notched-outline`],hostVars:2,hostBindings:function(o,a){o&2&&Zg(`mdc-notched-outline--notched`,a.open)},inputs:{open:[0,`matFormFieldNotchedOutlineOpen`,`open`]},ngContentSelectors:[`*`],decls:5,vars:0,consts:[[`notch`,``],[1,`mat-mdc-notch-piece`,`mdc-notched-outline__leading`],[1,`mat-mdc-notch-piece`,`mdc-notched-outline__notch`],[1,`mat-mdc-notch-piece`,`mdc-notched-outline__trailing`]],template:function(o,a){o&1&&(Jb(),mg(0,`div`,1),Pl(1,`div`,2,0),Xb(3),Fl(),mg(4,`div`,3))},encapsulation:2})})()}return n})();var Ci=(()=>{class n{id;ngField=null;ngControl=null;focused=!1;empty=!1;shouldLabelFloat=!1;required=!1;disabled=!1;errorState=!1;controlType;autofilled;userAriaDescribedBy;disableAutomaticLabeling;describedByIds;stateChanges=null;value;static ɵfac=function(i){return new(i||n)};static ɵdir=sw({type:n})}return n})();var Mi=new A$1(`MatFormField`);var hs=new A$1(`MAT_FORM_FIELD_DEFAULT_OPTIONS`);var So=`fill`;var ps=`auto`;var No=`fixed`;var gs=`translateY(-50%)`;var le=(()=>{class n{_elementRef=b(Qr$1);_changeDetectorRef=b(n1);_platform=b(g$1);_idGenerator=b(v);_ngZone=b(be$1);_defaults=b(hs,{optional:!0});_currentDirection;_unwrapMaybeSignal(t){return gi$1(t)?t():t}_textField;_iconPrefixContainer;_textPrefixContainer;_iconSuffixContainer;_textSuffixContainer;_floatingLabel;_notchedOutline;_lineRipple;_iconPrefixContainerSignal=Jj(`iconPrefixContainer`);_textPrefixContainerSignal=Jj(`textPrefixContainer`);_iconSuffixContainerSignal=Jj(`iconSuffixContainer`);_textSuffixContainerSignal=Jj(`textSuffixContainer`);_prefixSuffixContainers=ZC(()=>[this._iconPrefixContainerSignal(),this._textPrefixContainerSignal(),this._iconSuffixContainerSignal(),this._textSuffixContainerSignal()].map(t=>t?.nativeElement).filter(t=>t!==void 0));_formFieldControl;_prefixChildren;_suffixChildren;_errorChildren;_hintChildren;_labelChild=e1(Z);get hideRequiredMarker(){return this._hideRequiredMarker}set hideRequiredMarker(t){this._hideRequiredMarker=rt(t)}_hideRequiredMarker=!1;color=`primary`;get floatLabel(){return this._floatLabel||this._defaults?.floatLabel||ps}set floatLabel(t){t!==this._floatLabel&&(this._floatLabel=t,this._changeDetectorRef.markForCheck())}_floatLabel;get appearance(){return this._appearanceSignal()}set appearance(t){let i=t||this._defaults?.appearance||So;this._appearanceSignal.set(i)}_appearanceSignal=pi$1(So);get subscriptSizing(){return this._subscriptSizing||this._defaults?.subscriptSizing||No}set subscriptSizing(t){this._subscriptSizing=t||this._defaults?.subscriptSizing||No}_subscriptSizing=null;get hintLabel(){return this._hintLabel}set hintLabel(t){this._hintLabel=t,this._processHints()}_hintLabel=``;_hasIconPrefix=!1;_hasTextPrefix=!1;_hasIconSuffix=!1;_hasTextSuffix=!1;_labelId=this._idGenerator.getId(`mat-mdc-form-field-label-`);_hintLabelId=this._idGenerator.getId(`mat-mdc-hint-`);_describedByIds;get _control(){return this._explicitFormFieldControl||this._formFieldControl}set _control(t){this._explicitFormFieldControl=t}_destroyed=new ee$1;_isFocused=null;_explicitFormFieldControl;_previousControl=null;_previousControlValidatorFn=null;_stateChanges;_valueChanges;_describedByChanges;_outlineLabelOffsetResizeObserver=null;_animationsDisabled=_o();constructor(){let t=this._defaults,i=b(M);t&&(t.appearance&&(this.appearance=t.appearance),this._hideRequiredMarker=!!t?.hideRequiredMarker,t.color&&(this.color=t.color)),$d(()=>this._currentDirection=i.valueSignal()),this._syncOutlineLabelOffset()}ngAfterViewInit(){this._updateFocusState(),this._animationsDisabled||this._ngZone.runOutsideAngular(()=>{setTimeout(()=>{this._elementRef.nativeElement.classList.add(`mat-form-field-animations-enabled`)},300)}),this._changeDetectorRef.detectChanges()}ngAfterContentInit(){this._assertFormFieldControl(),this._initializeSubscript(),this._initializePrefixAndSuffix()}ngAfterContentChecked(){this._assertFormFieldControl(),this._control!==this._previousControl&&(this._initializeControl(this._previousControl),this._control.ngControl&&this._control.ngControl.control&&(this._previousControlValidatorFn=Ft(this._control.ngField)?null:this._control.ngControl.control.validator),this._previousControl=this._control,this._changeDetectorRef.markForCheck()),this._control.ngControl&&this._control.ngControl.control&&!Ft(this._control.ngField)&&this._control.ngControl.control.validator!==this._previousControlValidatorFn&&this._changeDetectorRef.markForCheck()}ngOnDestroy(){this._outlineLabelOffsetResizeObserver?.disconnect(),this._stateChanges?.unsubscribe(),this._valueChanges?.unsubscribe(),this._describedByChanges?.unsubscribe(),this._destroyed.next(),this._destroyed.complete()}getLabelId=ZC(()=>this._hasFloatingLabel()?this._labelId:null);getConnectedOverlayOrigin(){return this._textField||this._elementRef}_animateAndLockLabel(){this._hasFloatingLabel()&&(this.floatLabel=`always`)}_initializeControl(t){let i=this._control,r=`mat-mdc-form-field-type-`;t&&this._elementRef.nativeElement.classList.remove(r+t.controlType),i.controlType&&this._elementRef.nativeElement.classList.add(r+i.controlType),this._stateChanges?.unsubscribe(),this._stateChanges=i.stateChanges?.subscribe(()=>{this._updateFocusState(),this._changeDetectorRef.markForCheck()}),this._describedByChanges?.unsubscribe(),this._describedByChanges=i.stateChanges?.pipe(Iy([void 0,void 0]),ut(()=>[this._unwrapMaybeSignal(i.errorState),i.userAriaDescribedBy]),yy(),ko(([[o,a],[u,h]])=>o!==u||a!==h)).subscribe(()=>this._syncDescribedByIds()),this._valueChanges?.unsubscribe(),i.ngControl&&i.ngControl.valueChanges&&!Ft(i.ngField)&&(this._valueChanges=i.ngControl.valueChanges.pipe(Ey(this._destroyed)).subscribe(()=>this._changeDetectorRef.markForCheck()))}_checkPrefixAndSuffixTypes(){this._hasIconPrefix=!!this._prefixChildren.find(t=>!t._isText),this._hasTextPrefix=!!this._prefixChildren.find(t=>t._isText),this._hasIconSuffix=!!this._suffixChildren.find(t=>!t._isText),this._hasTextSuffix=!!this._suffixChildren.find(t=>t._isText)}_initializePrefixAndSuffix(){this._checkPrefixAndSuffixTypes(),ay(this._prefixChildren.changes,this._suffixChildren.changes).subscribe(()=>{this._checkPrefixAndSuffixTypes(),this._changeDetectorRef.markForCheck()})}_initializeSubscript(){this._hintChildren.changes.subscribe(()=>{this._processHints(),this._changeDetectorRef.markForCheck()}),this._errorChildren.changes.subscribe(()=>{this._syncDescribedByIds(),this._changeDetectorRef.markForCheck()}),this._validateHints(),this._syncDescribedByIds()}_assertFormFieldControl(){this._control}_updateFocusState(){let t=this._unwrapMaybeSignal(this._control.focused);t&&!this._isFocused?(this._isFocused=!0,this._lineRipple?.activate()):!t&&(this._isFocused||this._isFocused===null)&&(this._isFocused=!1,this._lineRipple?.deactivate()),this._elementRef.nativeElement.classList.toggle(`mat-focused`,t),this._textField?.nativeElement.classList.toggle(`mdc-text-field--focused`,t)}_syncOutlineLabelOffset(){i1({earlyRead:()=>{if(this._appearanceSignal()!==`outline`)return this._outlineLabelOffsetResizeObserver?.disconnect(),null;if(globalThis.ResizeObserver){this._outlineLabelOffsetResizeObserver||=new globalThis.ResizeObserver(()=>{this._writeOutlinedLabelStyles(this._getOutlinedLabelOffset())});for(let t of this._prefixSuffixContainers())this._outlineLabelOffsetResizeObserver.observe(t,{box:`border-box`})}return this._getOutlinedLabelOffset()},write:t=>this._writeOutlinedLabelStyles(t())})}_shouldAlwaysFloat(){return this.floatLabel===`always`}_hasOutline(){return this.appearance===`outline`}_forceDisplayInfixLabel(){return!this._platform.isBrowser&&this._prefixChildren.length&&!this._shouldLabelFloat()}_hasFloatingLabel=ZC(()=>!!this._labelChild());_shouldLabelFloat(){return this._hasFloatingLabel()?this._shouldAlwaysFloat()||this._unwrapMaybeSignal(this._control.shouldLabelFloat):!1}_shouldForward(t){let i=this._control?.ngField||this._control?.ngControl;if(!i)return!1;if(Ft(i)){let r=i();return t===`valid`?r.valid():t===`dirty`?r.dirty():t===`touched`?r.touched():t===`pending`?r.pending():t===`untouched`?!r.touched():t===`pristine`?!r.dirty():t===`invalid`?!r.valid():!1}else{let r=i;return t===`valid`?r.valid:t===`dirty`?r.dirty:t===`touched`?r.touched:t===`pending`?r.pending:t===`untouched`?r.untouched:t===`pristine`?r.pristine:t===`invalid`?r.invalid:!1}}_getSubscriptMessageType(){return this._errorChildren&&this._errorChildren.length>0&&this._unwrapMaybeSignal(this._control.errorState)?`error`:`hint`}_handleLabelResized(){this._refreshOutlineNotchWidth()}_refreshOutlineNotchWidth(){!this._hasOutline()||!this._floatingLabel||!this._shouldLabelFloat()?this._notchedOutline?._setNotchWidth(0):this._notchedOutline?._setNotchWidth(this._floatingLabel.getWidth())}_processHints(){this._validateHints(),this._syncDescribedByIds()}_validateHints(){this._hintChildren}_syncDescribedByIds(){if(this._control){let t=[];if(this._control.userAriaDescribedBy&&typeof this._control.userAriaDescribedBy==`string`&&t.push(...this._control.userAriaDescribedBy.split(` `)),this._getSubscriptMessageType()===`hint`){let o=this._hintChildren?this._hintChildren.find(u=>u.align===`start`):null,a=this._hintChildren?this._hintChildren.find(u=>u.align===`end`):null;o?t.push(o.id):this._hintLabel&&t.push(this._hintLabelId),a&&t.push(a.id)}else this._errorChildren&&t.push(...this._errorChildren.map(o=>o.id));let i=this._control.describedByIds,r;if(i){let o=this._describedByIds||t;r=t.concat(i.filter(a=>a&&!o.includes(a)))}else r=t;this._control.setDescribedByIds(r),this._describedByIds=t}}_getOutlinedLabelOffset(){if(!this._hasOutline()||!this._floatingLabel)return null;if(!this._iconPrefixContainer&&!this._textPrefixContainer)return[``,null];if(!this._isAttachedToDom())return null;let t=this._iconPrefixContainer?.nativeElement,i=this._textPrefixContainer?.nativeElement,r=this._iconSuffixContainer?.nativeElement,o=this._textSuffixContainer?.nativeElement,a=t?.getBoundingClientRect().width??0,u=i?.getBoundingClientRect().width??0,h=r?.getBoundingClientRect().width??0,y=o?.getBoundingClientRect().width??0;return[`var(--mat-mdc-form-field-label-transform, ${gs} translateX(${`calc(${this._currentDirection===`rtl`?`-1`:`1`} * (${`${a+u}px`} + var(--mat-mdc-form-field-label-offset-x, 0px)))`}))`,a+u+h+y]}_writeOutlinedLabelStyles(t){if(t!==null){let[i,r]=t;this._floatingLabel&&(this._floatingLabel.element.style.transform=i),r!==null&&this._notchedOutline?._setMaxWidth(r)}}_isAttachedToDom(){let t=this._elementRef.nativeElement;if(t.getRootNode){let i=t.getRootNode();return i&&i!==t}return document.documentElement.contains(t)}static ɵfac=function(i){return new(i||n)};static ɵcmp=(function(){let t=[`iconPrefixContainer`],i=[`textPrefixContainer`],r=[`iconSuffixContainer`],o=[`textSuffixContainer`],a=[`textField`],u=[`*`,[[`mat-label`]],[[``,`matPrefix`,``],[``,`matIconPrefix`,``]],[[``,`matTextPrefix`,``]],[[``,`matTextSuffix`,``]],[[``,`matSuffix`,``],[``,`matIconSuffix`,``]],[[`mat-error`],[``,`matError`,``]],[[`mat-hint`,3,`align`,`end`]],[[`mat-hint`,`align`,`end`]]],h=[`*`,`mat-label`,`[matPrefix], [matIconPrefix]`,`[matTextPrefix]`,`[matTextSuffix]`,`[matSuffix], [matIconSuffix]`,`mat-error, [matError]`,`mat-hint:not([align='end'])`,`mat-hint[align='end']`];function y(g,C){g&1&&gg(0,`span`,21)}function R(g,C){if(g&1&&(Gi(0,`label`,20),Xb(1,1),Yw(2,y,1,0,`span`,21),Ll()),g&2){let s=Yb(2);hg(`floating`,s._shouldLabelFloat())(`monitorResize`,s._hasOutline())(`id`,s._labelId),pg(`for`,s._control.disableAutomaticLabeling?null:s._control.id),fE(2),Jw(!s.hideRequiredMarker&&s._unwrapMaybeSignal(s._control.required)?2:-1)}}function B(g,C){if(g&1&&Yw(0,R,3,5,`label`,20),g&2){let s=Yb();Jw(s._hasFloatingLabel()?0:-1)}}function Ie(g,C){g&1&&gg(0,`div`,7)}function at(g,C){}function st(g,C){if(g&1&&tg(0,at,0,0,`ng-template`,13),g&2){Yb(2);let s=oC(1);hg(`ngTemplateOutlet`,s)}}function de(g,C){if(g&1&&(Gi(0,`div`,9),Yw(1,st,1,1,null,13),Ll()),g&2){let s=Yb();hg(`matFormFieldNotchedOutlineOpen`,s._shouldLabelFloat()),fE(),Jw(s._forceDisplayInfixLabel()?-1:1)}}function lt(g,C){g&1&&(Gi(0,`div`,10,2),Xb(2,2),Ll())}function yn(g,C){g&1&&(Gi(0,`div`,11,3),Xb(2,3),Ll())}function Po(g,C){}function ko(g,C){if(g&1&&tg(0,Po,0,0,`ng-template`,13),g&2){Yb();let s=oC(1);hg(`ngTemplateOutlet`,s)}}function Lo(g,C){g&1&&(Gi(0,`div`,14,4),Xb(2,4),Ll())}function zo(g,C){g&1&&(Gi(0,`div`,15,5),Xb(2,5),Ll())}function jo(g,C){g&1&&gg(0,`div`,16)}function Bo(g,C){g&1&&(Gi(0,`div`,18),Xb(1,6),Ll())}function Ho(g,C){if(g&1&&(Gi(0,`mat-hint`,22),_C(1),Ll()),g&2){let s=Yb(2);hg(`id`,s._hintLabelId),fE(),tm(s.hintLabel)}}function Go(g,C){if(g&1&&(Gi(0,`div`,19),Yw(1,Ho,2,2,`mat-hint`,22),Xb(2,7),gg(3,`div`,23),Xb(4,8),Ll()),g&2){let s=Yb();fE(),Jw(s.hintLabel?1:-1)}}return tw({type:n,selectors:[[`mat-form-field`]],contentQueries:function(C,s,M){if(C&1&&(Wg(M,s._labelChild,Z,5),$g(M,Ci,5)(M,us,5)(M,ms,5)(M,cs,5)(M,xi,5)),C&2){rC();let L;tC(L=nC())&&(s._formFieldControl=L.first),tC(L=nC())&&(s._prefixChildren=L),tC(L=nC())&&(s._suffixChildren=L),tC(L=nC())&&(s._errorChildren=L),tC(L=nC())&&(s._hintChildren=L)}},viewQuery:function(C,s){if(C&1&&(qg(s._iconPrefixContainerSignal,t,5)(s._textPrefixContainerSignal,i,5)(s._iconSuffixContainerSignal,r,5)(s._textSuffixContainerSignal,o,5),Ug(a,5)(t,5)(i,5)(r,5)(o,5)(bo,5)(Mo,5)(Co,5)),C&2){rC(4);let M;tC(M=nC())&&(s._textField=M.first),tC(M=nC())&&(s._iconPrefixContainer=M.first),tC(M=nC())&&(s._textPrefixContainer=M.first),tC(M=nC())&&(s._iconSuffixContainer=M.first),tC(M=nC())&&(s._textSuffixContainer=M.first),tC(M=nC())&&(s._floatingLabel=M.first),tC(M=nC())&&(s._notchedOutline=M.first),tC(M=nC())&&(s._lineRipple=M.first)}},hostAttrs:[1,`mat-mdc-form-field`],hostVars:38,hostBindings:function(C,s){C&2&&Zg(`mat-mdc-form-field-label-always-float`,s._shouldAlwaysFloat())(`mat-mdc-form-field-has-icon-prefix`,s._hasIconPrefix)(`mat-mdc-form-field-has-icon-suffix`,s._hasIconSuffix)(`mat-form-field-invalid`,s._unwrapMaybeSignal(s._control.errorState))(`mat-form-field-disabled`,s._unwrapMaybeSignal(s._control.disabled))(`mat-form-field-autofilled`,s._unwrapMaybeSignal(s._control.autofilled))(`mat-form-field-appearance-fill`,s.appearance==`fill`)(`mat-form-field-appearance-outline`,s.appearance==`outline`)(`mat-form-field-hide-placeholder`,s._hasFloatingLabel()&&!s._shouldLabelFloat())(`mat-primary`,s.color!==`accent`&&s.color!==`warn`)(`mat-accent`,s.color===`accent`)(`mat-warn`,s.color===`warn`)(`ng-untouched`,s._shouldForward(`untouched`))(`ng-touched`,s._shouldForward(`touched`))(`ng-pristine`,s._shouldForward(`pristine`))(`ng-dirty`,s._shouldForward(`dirty`))(`ng-valid`,s._shouldForward(`valid`))(`ng-invalid`,s._shouldForward(`invalid`))(`ng-pending`,s._shouldForward(`pending`))},inputs:{hideRequiredMarker:`hideRequiredMarker`,color:`color`,floatLabel:`floatLabel`,appearance:`appearance`,subscriptSizing:`subscriptSizing`,hintLabel:`hintLabel`},exportAs:[`matFormField`],features:[FC([{provide:Mi,useExisting:n},{provide:Eo,useExisting:n}])],ngContentSelectors:h,decls:18,vars:21,consts:[[`labelTemplate`,``],[`textField`,``],[`iconPrefixContainer`,``],[`textPrefixContainer`,``],[`textSuffixContainer`,``],[`iconSuffixContainer`,``],[1,`mat-mdc-text-field-wrapper`,`mdc-text-field`,3,`click`],[1,`mat-mdc-form-field-focus-overlay`],[1,`mat-mdc-form-field-flex`],[`matFormFieldNotchedOutline`,``,3,`matFormFieldNotchedOutlineOpen`],[1,`mat-mdc-form-field-icon-prefix`],[1,`mat-mdc-form-field-text-prefix`],[1,`mat-mdc-form-field-infix`],[3,`ngTemplateOutlet`],[1,`mat-mdc-form-field-text-suffix`],[1,`mat-mdc-form-field-icon-suffix`],[`matFormFieldLineRipple`,``],[`aria-atomic`,`true`,`aria-live`,`polite`,1,`mat-mdc-form-field-subscript-wrapper`,`mat-mdc-form-field-bottom-align`],[1,`mat-mdc-form-field-error-wrapper`],[1,`mat-mdc-form-field-hint-wrapper`],[`matFormFieldFloatingLabel`,``,3,`floating`,`monitorResize`,`id`],[`aria-hidden`,`true`,1,`mat-mdc-form-field-required-marker`,`mdc-floating-label--required`],[3,`id`],[1,`mat-mdc-form-field-hint-spacer`]],template:function(C,s){if(C&1&&(Jb(u),tg(0,B,1,1,`ng-template`,null,0,qC),Gi(2,`div`,6,1),Vg(`click`,function(L){return s._control.onContainerClick(L)}),Yw(4,Ie,1,0,`div`,7),Gi(5,`div`,8),Yw(6,de,2,2,`div`,9),Yw(7,lt,3,0,`div`,10),Yw(8,yn,3,0,`div`,11),Gi(9,`div`,12),Yw(10,ko,1,1,null,13),Xb(11),Ll(),Yw(12,Lo,3,0,`div`,14),Yw(13,zo,3,0,`div`,15),Ll(),Yw(14,jo,1,0,`div`,16),Ll(),Gi(15,`div`,17),Yw(16,Bo,2,0,`div`,18)(17,Go,5,1,`div`,19),Ll()),C&2){let M,L=s._unwrapMaybeSignal(s._control.disabled);fE(2),Zg(`mdc-text-field--filled`,!s._hasOutline())(`mdc-text-field--outlined`,s._hasOutline())(`mdc-text-field--no-label`,!s._hasFloatingLabel())(`mdc-text-field--disabled`,L)(`mdc-text-field--invalid`,s._unwrapMaybeSignal(s._control.errorState)),fE(2),Jw(!s._hasOutline()&&!L?4:-1),fE(2),Jw(s._hasOutline()?6:-1),fE(),Jw(s._hasIconPrefix?7:-1),fE(),Jw(s._hasTextPrefix?8:-1),fE(2),Jw(!s._hasOutline()||s._forceDisplayInfixLabel()?10:-1),fE(2),Jw(s._hasTextSuffix?12:-1),fE(),Jw(s._hasIconSuffix?13:-1),fE(),Jw(s._hasOutline()?-1:14),fE(),Zg(`mat-mdc-form-field-subscript-dynamic-size`,s.subscriptSizing===`dynamic`);let qo=s._getSubscriptMessageType();fE(),Jw((M=qo)===`error`?16:M===`hint`?17:-1)}},dependencies:[bo,Mo,us$1,Co,xi],styles:[`.mdc-text-field {
  display: inline-flex;
  align-items: baseline;
  padding: 0 16px;
  position: relative;
  box-sizing: border-box;
  overflow: hidden;
  will-change: opacity, transform, color;
  border-top-left-radius: 4px;
  border-top-right-radius: 4px;
  border-bottom-right-radius: 0;
  border-bottom-left-radius: 0;
}

.mdc-text-field__input {
  width: 100%;
  min-width: 0;
  border: none;
  border-radius: 0;
  background: none;
  padding: 0;
  -moz-appearance: none;
  -webkit-appearance: none;
  height: 28px;
}
.mdc-text-field__input::-webkit-calendar-picker-indicator, .mdc-text-field__input::-webkit-search-cancel-button {
  display: none;
}
.mdc-text-field__input::-ms-clear {
  display: none;
}
.mdc-text-field__input:focus {
  outline: none;
}
.mdc-text-field__input:invalid {
  box-shadow: none;
}
.mdc-text-field__input::placeholder {
  opacity: 0;
}
.mdc-text-field__input::-moz-placeholder {
  opacity: 0;
}
.mdc-text-field__input::-webkit-input-placeholder {
  opacity: 0;
}
.mdc-text-field__input:-ms-input-placeholder {
  opacity: 0;
}
.mdc-text-field--no-label .mdc-text-field__input::placeholder, .mdc-text-field--focused .mdc-text-field__input::placeholder {
  opacity: 1;
}
.mdc-text-field--no-label .mdc-text-field__input::-moz-placeholder, .mdc-text-field--focused .mdc-text-field__input::-moz-placeholder {
  opacity: 1;
}
.mdc-text-field--no-label .mdc-text-field__input::-webkit-input-placeholder, .mdc-text-field--focused .mdc-text-field__input::-webkit-input-placeholder {
  opacity: 1;
}
.mdc-text-field--no-label .mdc-text-field__input:-ms-input-placeholder, .mdc-text-field--focused .mdc-text-field__input:-ms-input-placeholder {
  opacity: 1;
}
.mdc-text-field--%NS%disabled:not(.mdc-text-field--no-label) .mdc-text-field__input.mat-mdc-input-disabled-interactive::placeholder {
  opacity: 0;
}
.mdc-text-field--%NS%disabled:not(.mdc-text-field--no-label) .mdc-text-field__input.mat-mdc-input-disabled-interactive::-moz-placeholder {
  opacity: 0;
}
.mdc-text-field--%NS%disabled:not(.mdc-text-field--no-label) .mdc-text-field__input.mat-mdc-input-disabled-interactive::-webkit-input-placeholder {
  opacity: 0;
}
.mdc-text-field--%NS%disabled:not(.mdc-text-field--no-label) .mdc-text-field__input.mat-mdc-input-disabled-interactive:-ms-input-placeholder {
  opacity: 0;
}
.mdc-text-field--outlined .mdc-text-field__input, .mdc-text-field--filled.mdc-text-field--no-label .mdc-text-field__input {
  height: 100%;
}
.mdc-text-field--outlined .mdc-text-field__input {
  display: flex;
  border: none !important;
  background-color: transparent;
}
.mdc-text-field--disabled .mdc-text-field__input {
  pointer-events: auto;
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled) .mdc-text-field__input {
  color: var(--%NS%mat-form-field-filled-input-text-color, var(--%NS%mat-sys-on-surface));
  caret-color: var(--%NS%mat-form-field-filled-caret-color, var(--%NS%mat-sys-primary));
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled) .mdc-text-field__input::placeholder {
  color: var(--%NS%mat-form-field-filled-input-text-placeholder-color, var(--%NS%mat-sys-on-surface-variant));
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled) .mdc-text-field__input::-moz-placeholder {
  color: var(--%NS%mat-form-field-filled-input-text-placeholder-color, var(--%NS%mat-sys-on-surface-variant));
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled) .mdc-text-field__input::-webkit-input-placeholder {
  color: var(--%NS%mat-form-field-filled-input-text-placeholder-color, var(--%NS%mat-sys-on-surface-variant));
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled) .mdc-text-field__input:-ms-input-placeholder {
  color: var(--%NS%mat-form-field-filled-input-text-placeholder-color, var(--%NS%mat-sys-on-surface-variant));
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled) .mdc-text-field__input {
  color: var(--%NS%mat-form-field-outlined-input-text-color, var(--%NS%mat-sys-on-surface));
  caret-color: var(--%NS%mat-form-field-outlined-caret-color, var(--%NS%mat-sys-primary));
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled) .mdc-text-field__input::placeholder {
  color: var(--%NS%mat-form-field-outlined-input-text-placeholder-color, var(--%NS%mat-sys-on-surface-variant));
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled) .mdc-text-field__input::-moz-placeholder {
  color: var(--%NS%mat-form-field-outlined-input-text-placeholder-color, var(--%NS%mat-sys-on-surface-variant));
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled) .mdc-text-field__input::-webkit-input-placeholder {
  color: var(--%NS%mat-form-field-outlined-input-text-placeholder-color, var(--%NS%mat-sys-on-surface-variant));
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled) .mdc-text-field__input:-ms-input-placeholder {
  color: var(--%NS%mat-form-field-outlined-input-text-placeholder-color, var(--%NS%mat-sys-on-surface-variant));
}
.mdc-text-field--filled.mdc-text-field--%NS%invalid:not(.mdc-text-field--disabled) .mdc-text-field__input {
  caret-color: var(--%NS%mat-form-field-filled-error-caret-color, var(--%NS%mat-sys-error));
}
.mdc-text-field--outlined.mdc-text-field--%NS%invalid:not(.mdc-text-field--disabled) .mdc-text-field__input {
  caret-color: var(--%NS%mat-form-field-outlined-error-caret-color, var(--%NS%mat-sys-error));
}
.mdc-text-field--filled.mdc-text-field--disabled .mdc-text-field__input {
  color: var(--%NS%mat-form-field-filled-disabled-input-text-color, color-mix(in srgb, var(--%NS%mat-sys-on-surface) 38%, transparent));
}
.mdc-text-field--outlined.mdc-text-field--disabled .mdc-text-field__input {
  color: var(--%NS%mat-form-field-outlined-disabled-input-text-color, color-mix(in srgb, var(--%NS%mat-sys-on-surface) 38%, transparent));
}
@media (forced-colors: active) {
  .mdc-text-field--disabled .mdc-text-field__input {
    background-color: Window;
  }
}

.mdc-text-field--filled {
  height: 56px;
  border-bottom-right-radius: 0;
  border-bottom-left-radius: 0;
  border-top-left-radius: var(--%NS%mat-form-field-filled-container-shape, var(--%NS%mat-sys-corner-extra-small));
  border-top-right-radius: var(--%NS%mat-form-field-filled-container-shape, var(--%NS%mat-sys-corner-extra-small));
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled) {
  background-color: var(--%NS%mat-form-field-filled-container-color, var(--%NS%mat-sys-surface-variant));
}
.mdc-text-field--filled.mdc-text-field--disabled {
  background-color: var(--%NS%mat-form-field-filled-disabled-container-color, color-mix(in srgb, var(--%NS%mat-sys-on-surface) 4%, transparent));
}

.mdc-text-field--outlined {
  height: 56px;
  overflow: visible;
  padding-right: max(16px, var(--%NS%mat-form-field-outlined-container-shape, var(--%NS%mat-sys-corner-extra-small)));
  padding-left: max(16px, var(--%NS%mat-form-field-outlined-container-shape, var(--%NS%mat-sys-corner-extra-small)) + 4px);
}
[dir=rtl] .mdc-text-field--outlined {
  padding-right: max(16px, var(--%NS%mat-form-field-outlined-container-shape, var(--%NS%mat-sys-corner-extra-small)) + 4px);
  padding-left: max(16px, var(--%NS%mat-form-field-outlined-container-shape, var(--%NS%mat-sys-corner-extra-small)));
}

.mdc-floating-label {
  position: absolute;
  left: 0;
  transform-origin: left top;
  line-height: 1.15rem;
  text-align: left;
  text-overflow: ellipsis;
  white-space: nowrap;
  cursor: text;
  overflow: hidden;
  will-change: transform;
}
[dir=rtl] .mdc-floating-label {
  right: 0;
  left: auto;
  transform-origin: right top;
  text-align: right;
}
.mdc-text-field .mdc-floating-label {
  top: 50%;
  transform: translateY(-50%);
  pointer-events: none;
}
.mdc-notched-outline .mdc-floating-label {
  display: inline-block;
  position: relative;
  max-width: 100%;
}
.mdc-text-field--outlined .mdc-floating-label {
  left: 4px;
  right: auto;
}
[dir=rtl] .mdc-text-field--outlined .mdc-floating-label {
  left: auto;
  right: 4px;
}
.mdc-text-field--filled .mdc-floating-label {
  left: 16px;
  right: auto;
}
[dir=rtl] .mdc-text-field--filled .mdc-floating-label {
  left: auto;
  right: 16px;
}
.mdc-text-field--disabled .mdc-floating-label {
  cursor: default;
}
@media (forced-colors: active) {
  .mdc-text-field--disabled .mdc-floating-label {
    z-index: 1;
  }
}
.mdc-text-field--filled.mdc-text-field--no-label .mdc-floating-label {
  display: none;
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled) .mdc-floating-label {
  color: var(--%NS%mat-form-field-filled-label-text-color, var(--%NS%mat-sys-on-surface-variant));
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled).mdc-text-field--focused .mdc-floating-label {
  color: var(--%NS%mat-form-field-filled-focus-label-text-color, var(--%NS%mat-sys-primary));
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled):not(.mdc-text-field--focused):hover .mdc-floating-label {
  color: var(--%NS%mat-form-field-filled-hover-label-text-color, var(--%NS%mat-sys-on-surface-variant));
}
.mdc-text-field--filled.mdc-text-field--disabled .mdc-floating-label {
  color: var(--%NS%mat-form-field-filled-disabled-label-text-color, color-mix(in srgb, var(--%NS%mat-sys-on-surface) 38%, transparent));
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled).mdc-text-field--invalid .mdc-floating-label {
  color: var(--%NS%mat-form-field-filled-error-label-text-color, var(--%NS%mat-sys-error));
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled).mdc-text-field--invalid.mdc-text-field--focused .mdc-floating-label {
  color: var(--%NS%mat-form-field-filled-error-focus-label-text-color, var(--%NS%mat-sys-error));
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled).mdc-text-field--%NS%invalid:not(.mdc-text-field--disabled):hover .mdc-floating-label {
  color: var(--%NS%mat-form-field-filled-error-hover-label-text-color, var(--%NS%mat-sys-on-error-container));
}
.mdc-text-field--filled .mdc-floating-label {
  font-family: var(--%NS%mat-form-field-filled-label-text-font, var(--%NS%mat-sys-body-large-font));
  font-size: var(--%NS%mat-form-field-filled-label-text-size, var(--%NS%mat-sys-body-large-size));
  font-weight: var(--%NS%mat-form-field-filled-label-text-weight, var(--%NS%mat-sys-body-large-weight));
  letter-spacing: var(--%NS%mat-form-field-filled-label-text-tracking, var(--%NS%mat-sys-body-large-tracking));
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled) .mdc-floating-label {
  color: var(--%NS%mat-form-field-outlined-label-text-color, var(--%NS%mat-sys-on-surface-variant));
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled).mdc-text-field--focused .mdc-floating-label {
  color: var(--%NS%mat-form-field-outlined-focus-label-text-color, var(--%NS%mat-sys-primary));
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled):not(.mdc-text-field--focused):hover .mdc-floating-label {
  color: var(--%NS%mat-form-field-outlined-hover-label-text-color, var(--%NS%mat-sys-on-surface));
}
.mdc-text-field--outlined.mdc-text-field--disabled .mdc-floating-label {
  color: var(--%NS%mat-form-field-outlined-disabled-label-text-color, color-mix(in srgb, var(--%NS%mat-sys-on-surface) 38%, transparent));
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled).mdc-text-field--invalid .mdc-floating-label {
  color: var(--%NS%mat-form-field-outlined-error-label-text-color, var(--%NS%mat-sys-error));
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled).mdc-text-field--invalid.mdc-text-field--focused .mdc-floating-label {
  color: var(--%NS%mat-form-field-outlined-error-focus-label-text-color, var(--%NS%mat-sys-error));
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled).mdc-text-field--%NS%invalid:not(.mdc-text-field--disabled):hover .mdc-floating-label {
  color: var(--%NS%mat-form-field-outlined-error-hover-label-text-color, var(--%NS%mat-sys-on-error-container));
}
.mdc-text-field--outlined .mdc-floating-label {
  font-family: var(--%NS%mat-form-field-outlined-label-text-font, var(--%NS%mat-sys-body-large-font));
  font-size: var(--%NS%mat-form-field-outlined-label-text-size, var(--%NS%mat-sys-body-large-size));
  font-weight: var(--%NS%mat-form-field-outlined-label-text-weight, var(--%NS%mat-sys-body-large-weight));
  letter-spacing: var(--%NS%mat-form-field-outlined-label-text-tracking, var(--%NS%mat-sys-body-large-tracking));
}

.mdc-floating-label--float-above {
  cursor: auto;
  transform: translateY(-106%) scale(0.75);
}
.mdc-text-field--filled .mdc-floating-label--float-above {
  transform: translateY(-106%) scale(0.75);
}
.mdc-text-field--outlined .mdc-floating-label--float-above {
  transform: translateY(-37.25px) scale(1);
  font-size: 0.75rem;
}
.mdc-notched-outline .mdc-floating-label--float-above {
  text-overflow: clip;
}
.mdc-notched-outline--upgraded .mdc-floating-label--float-above {
  max-width: 133.3333333333%;
}
.mdc-text-field--outlined.mdc-notched-outline--upgraded .mdc-floating-label--float-above, .mdc-text-field--outlined .mdc-notched-outline--upgraded .mdc-floating-label--float-above {
  transform: translateY(-34.75px) scale(0.75);
}
.mdc-text-field--outlined.mdc-notched-outline--upgraded .mdc-floating-label--float-above, .mdc-text-field--outlined .mdc-notched-outline--upgraded .mdc-floating-label--float-above {
  font-size: 1rem;
}

.mdc-floating-label--%NS%required:not(.mdc-floating-label--hide-required-marker)::after {
  margin-left: 1px;
  margin-right: 0;
  content: "*";
}
[dir=rtl] .mdc-floating-label--%NS%required:not(.mdc-floating-label--hide-required-marker)::after {
  margin-left: 0;
  margin-right: 1px;
}

.mdc-notched-outline {
  display: flex;
  position: absolute;
  top: 0;
  right: 0;
  left: 0;
  box-sizing: border-box;
  width: 100%;
  max-width: 100%;
  height: 100%;
  text-align: left;
  pointer-events: none;
}
[dir=rtl] .mdc-notched-outline {
  text-align: right;
}
.mdc-text-field--outlined .mdc-notched-outline {
  z-index: 1;
}

.mat-mdc-notch-piece {
  box-sizing: border-box;
  height: 100%;
  pointer-events: none;
  border: none;
  border-top: 1px solid;
  border-bottom: 1px solid;
}
.mdc-text-field--focused .mat-mdc-notch-piece {
  border-width: 2px;
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled) .mat-mdc-notch-piece {
  border-color: var(--%NS%mat-form-field-outlined-outline-color, var(--%NS%mat-sys-outline));
  border-width: var(--%NS%mat-form-field-outlined-outline-width, 1px);
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled):not(.mdc-text-field--focused):hover .mat-mdc-notch-piece {
  border-color: var(--%NS%mat-form-field-outlined-hover-outline-color, var(--%NS%mat-sys-on-surface));
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled).mdc-text-field--focused .mat-mdc-notch-piece {
  border-color: var(--%NS%mat-form-field-outlined-focus-outline-color, var(--%NS%mat-sys-primary));
}
.mdc-text-field--outlined.mdc-text-field--disabled .mat-mdc-notch-piece {
  border-color: var(--%NS%mat-form-field-outlined-disabled-outline-color, color-mix(in srgb, var(--%NS%mat-sys-on-surface) 12%, transparent));
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled).mdc-text-field--invalid .mat-mdc-notch-piece {
  border-color: var(--%NS%mat-form-field-outlined-error-outline-color, var(--%NS%mat-sys-error));
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled).mdc-text-field--%NS%invalid:not(.mdc-text-field--focused):hover .mdc-notched-outline .mat-mdc-notch-piece {
  border-color: var(--%NS%mat-form-field-outlined-error-hover-outline-color, var(--%NS%mat-sys-on-error-container));
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled).mdc-text-field--invalid.mdc-text-field--focused .mat-mdc-notch-piece {
  border-color: var(--%NS%mat-form-field-outlined-error-focus-outline-color, var(--%NS%mat-sys-error));
}
.mdc-text-field--%NS%outlined:not(.mdc-text-field--disabled).mdc-text-field--focused .mdc-notched-outline .mat-mdc-notch-piece {
  border-width: var(--%NS%mat-form-field-outlined-focus-outline-width, 2px);
}

.mdc-notched-outline__leading {
  border-left: 1px solid;
  border-right: none;
  border-top-right-radius: 0;
  border-bottom-right-radius: 0;
  border-top-left-radius: var(--%NS%mat-form-field-outlined-container-shape, var(--%NS%mat-sys-corner-extra-small));
  border-bottom-left-radius: var(--%NS%mat-form-field-outlined-container-shape, var(--%NS%mat-sys-corner-extra-small));
}
.mdc-text-field--outlined .mdc-notched-outline .mdc-notched-outline__leading {
  width: max(12px, var(--%NS%mat-form-field-outlined-container-shape, var(--%NS%mat-sys-corner-extra-small)));
}
[dir=rtl] .mdc-notched-outline__leading {
  border-left: none;
  border-right: 1px solid;
  border-bottom-left-radius: 0;
  border-top-left-radius: 0;
  border-top-right-radius: var(--%NS%mat-form-field-outlined-container-shape, var(--%NS%mat-sys-corner-extra-small));
  border-bottom-right-radius: var(--%NS%mat-form-field-outlined-container-shape, var(--%NS%mat-sys-corner-extra-small));
}

.mdc-notched-outline__trailing {
  flex-grow: 1;
  border-left: none;
  border-right: 1px solid;
  border-top-left-radius: 0;
  border-bottom-left-radius: 0;
  border-top-right-radius: var(--%NS%mat-form-field-outlined-container-shape, var(--%NS%mat-sys-corner-extra-small));
  border-bottom-right-radius: var(--%NS%mat-form-field-outlined-container-shape, var(--%NS%mat-sys-corner-extra-small));
}
[dir=rtl] .mdc-notched-outline__trailing {
  border-left: 1px solid;
  border-right: none;
  border-top-right-radius: 0;
  border-bottom-right-radius: 0;
  border-top-left-radius: var(--%NS%mat-form-field-outlined-container-shape, var(--%NS%mat-sys-corner-extra-small));
  border-bottom-left-radius: var(--%NS%mat-form-field-outlined-container-shape, var(--%NS%mat-sys-corner-extra-small));
}

.mdc-notched-outline__notch {
  flex: 0 0 auto;
  width: auto;
}
.mdc-text-field--outlined .mdc-notched-outline .mdc-notched-outline__notch {
  max-width: min(var(--%NS%mat-form-field-notch-max-width, 100%), calc(100% - max(12px, var(--%NS%mat-form-field-outlined-container-shape, var(--%NS%mat-sys-corner-extra-small))) * 2));
}
.mdc-text-field--outlined .mdc-notched-outline--notched .mdc-notched-outline__notch {
  max-width: min(100%, calc(100% - max(12px, var(--%NS%mat-form-field-outlined-container-shape, var(--%NS%mat-sys-corner-extra-small))) * 2));
}
.mdc-text-field--outlined .mdc-notched-outline--notched .mdc-notched-outline__notch {
  padding-top: 1px;
}
.mdc-text-field--focused.mdc-text-field--outlined .mdc-notched-outline--notched .mdc-notched-outline__notch {
  padding-top: 2px;
}
.mdc-notched-outline--notched .mdc-notched-outline__notch {
  padding-left: 0;
  padding-right: 8px;
  border-top: none;
}
[dir=rtl] .mdc-notched-outline--notched .mdc-notched-outline__notch {
  padding-left: 8px;
  padding-right: 0;
}
.mdc-notched-outline--no-label .mdc-notched-outline__notch {
  display: none;
}

.mdc-line-ripple::before, .mdc-line-ripple::after {
  position: absolute;
  bottom: 0;
  left: 0;
  width: 100%;
  border-bottom-style: solid;
  content: "";
}
.mdc-line-ripple::before {
  z-index: 1;
  border-bottom-width: var(--%NS%mat-form-field-filled-active-indicator-height, 1px);
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled) .mdc-line-ripple::before {
  border-bottom-color: var(--%NS%mat-form-field-filled-active-indicator-color, var(--%NS%mat-sys-on-surface-variant));
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled):not(.mdc-text-field--focused):hover .mdc-line-ripple::before {
  border-bottom-color: var(--%NS%mat-form-field-filled-hover-active-indicator-color, var(--%NS%mat-sys-on-surface));
}
.mdc-text-field--filled.mdc-text-field--disabled .mdc-line-ripple::before {
  border-bottom-color: var(--%NS%mat-form-field-filled-disabled-active-indicator-color, color-mix(in srgb, var(--%NS%mat-sys-on-surface) 38%, transparent));
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled).mdc-text-field--invalid .mdc-line-ripple::before {
  border-bottom-color: var(--%NS%mat-form-field-filled-error-active-indicator-color, var(--%NS%mat-sys-error));
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled).mdc-text-field--%NS%invalid:not(.mdc-text-field--focused):hover .mdc-line-ripple::before {
  border-bottom-color: var(--%NS%mat-form-field-filled-error-hover-active-indicator-color, var(--%NS%mat-sys-on-error-container));
}
.mdc-line-ripple::after {
  transform: scaleX(0);
  opacity: 0;
  z-index: 2;
}
.mdc-text-field--filled .mdc-line-ripple::after {
  border-bottom-width: var(--%NS%mat-form-field-filled-focus-active-indicator-height, 2px);
}
.mdc-text-field--%NS%filled:not(.mdc-text-field--disabled) .mdc-line-ripple::after {
  border-bottom-color: var(--%NS%mat-form-field-filled-focus-active-indicator-color, var(--%NS%mat-sys-primary));
}
.mdc-text-field--filled.mdc-text-field--%NS%invalid:not(.mdc-text-field--disabled) .mdc-line-ripple::after {
  border-bottom-color: var(--%NS%mat-form-field-filled-error-focus-active-indicator-color, var(--%NS%mat-sys-error));
}

.mdc-line-ripple--%NS%active::after {
  transform: scaleX(1);
  opacity: 1;
}

.mdc-line-ripple--%NS%deactivating::after {
  opacity: 0;
}

.mdc-text-field--disabled {
  pointer-events: none;
}

.mat-mdc-form-field-textarea-control {
  vertical-align: middle;
  resize: vertical;
  box-sizing: border-box;
  height: auto;
  margin: 0;
  padding: 0;
  border: none;
  overflow: auto;
}

.mat-mdc-form-field-input-control.mat-mdc-form-field-input-control {
  -moz-osx-font-smoothing: grayscale;
  -webkit-font-smoothing: antialiased;
  font: inherit;
  letter-spacing: inherit;
  text-decoration: inherit;
  text-transform: inherit;
  border: none;
}

.mat-mdc-form-field .mat-mdc-floating-label.mdc-floating-label {
  -moz-osx-font-smoothing: grayscale;
  -webkit-font-smoothing: antialiased;
  line-height: normal;
  pointer-events: all;
  will-change: auto;
}

.mat-mdc-form-field:not(.mat-form-field-disabled) .mat-mdc-floating-label.mdc-floating-label {
  cursor: inherit;
}

.mdc-text-field--%NS%no-label:not(.mdc-text-field--textarea) .mat-mdc-form-field-input-control.mdc-text-field__input,
.mat-mdc-text-field-wrapper .mat-mdc-form-field-input-control {
  height: auto;
}

.mat-mdc-text-field-wrapper .mat-mdc-form-field-input-control.mdc-text-field__input[type=color] {
  height: 23px;
}

.mat-mdc-text-field-wrapper {
  height: auto;
  flex: auto;
  will-change: auto;
}

.mat-mdc-form-field-has-icon-prefix .mat-mdc-text-field-wrapper {
  padding-left: 0;
  --%NS%mat-mdc-form-field-label-offset-x: -16px;
}

.mat-mdc-form-field-has-icon-suffix .mat-mdc-text-field-wrapper {
  padding-right: 0;
}

[dir=rtl] .mat-mdc-text-field-wrapper {
  padding-left: 16px;
  padding-right: 16px;
}
[dir=rtl] .mat-mdc-form-field-has-icon-suffix .mat-mdc-text-field-wrapper {
  padding-left: 0;
}
[dir=rtl] .mat-mdc-form-field-has-icon-prefix .mat-mdc-text-field-wrapper {
  padding-right: 0;
}

.mat-form-field-disabled .mdc-text-field__input::placeholder {
  color: var(--%NS%mat-form-field-disabled-input-text-placeholder-color, color-mix(in srgb, var(--%NS%mat-sys-on-surface) 38%, transparent));
}
.mat-form-field-disabled .mdc-text-field__input::-moz-placeholder {
  color: var(--%NS%mat-form-field-disabled-input-text-placeholder-color, color-mix(in srgb, var(--%NS%mat-sys-on-surface) 38%, transparent));
}
.mat-form-field-disabled .mdc-text-field__input::-webkit-input-placeholder {
  color: var(--%NS%mat-form-field-disabled-input-text-placeholder-color, color-mix(in srgb, var(--%NS%mat-sys-on-surface) 38%, transparent));
}
.mat-form-field-disabled .mdc-text-field__input:-ms-input-placeholder {
  color: var(--%NS%mat-form-field-disabled-input-text-placeholder-color, color-mix(in srgb, var(--%NS%mat-sys-on-surface) 38%, transparent));
}

.mat-mdc-form-field-label-always-float .mdc-text-field__input::placeholder {
  transition-delay: 40ms;
  transition-duration: 110ms;
  opacity: 1;
}

.mat-mdc-text-field-wrapper .mat-mdc-form-field-infix .mat-mdc-floating-label {
  left: auto;
  right: auto;
}

.mat-mdc-text-field-wrapper.mdc-text-field--outlined .mdc-text-field__input {
  display: inline-block;
}

.mat-mdc-form-field .mat-mdc-text-field-wrapper.mdc-text-field .mdc-notched-outline__notch {
  padding-top: 0;
}

.mat-mdc-form-field.mat-mdc-form-field.mat-mdc-form-field.mat-mdc-form-field.mat-mdc-form-field.mat-mdc-form-field .mdc-notched-outline__notch {
  border-left: 1px solid transparent;
}

[dir=rtl] .mat-mdc-form-field.mat-mdc-form-field.mat-mdc-form-field.mat-mdc-form-field.mat-mdc-form-field.mat-mdc-form-field .mdc-notched-outline__notch {
  border-left: none;
  border-right: 1px solid transparent;
}

.mat-mdc-form-field-infix {
  min-height: var(--%NS%mat-form-field-container-height, 56px);
  padding-top: var(--%NS%mat-form-field-filled-with-label-container-padding-top, 24px);
  padding-bottom: var(--%NS%mat-form-field-filled-with-label-container-padding-bottom, 8px);
}
.mdc-text-field--outlined .mat-mdc-form-field-infix, .mdc-text-field--no-label .mat-mdc-form-field-infix {
  padding-top: var(--%NS%mat-form-field-container-vertical-padding, 16px);
  padding-bottom: var(--%NS%mat-form-field-container-vertical-padding, 16px);
}

.mat-mdc-text-field-wrapper .mat-mdc-form-field-flex .mat-mdc-floating-label {
  top: calc(var(--%NS%mat-form-field-container-height, 56px) / 2);
}

.mdc-text-field--filled .mat-mdc-floating-label {
  display: var(--%NS%mat-form-field-filled-label-display, block);
}

.mat-mdc-text-field-wrapper.mdc-text-field--outlined .mdc-notched-outline--upgraded .mdc-floating-label--float-above {
  --%NS%mat-mdc-form-field-label-transform: translateY(calc(calc(6.75px + var(--%NS%mat-form-field-container-height, 56px) / 2) * -1))
    scale(var(--%NS%mat-mdc-form-field-floating-label-scale, 0.75));
  transform: var(--%NS%mat-mdc-form-field-label-transform);
}

@keyframes _mat-form-field-subscript-animation {
  from {
    opacity: 0;
    transform: translateY(-5px);
  }
  to {
    opacity: 1;
    transform: translateY(0);
  }
}
.mat-mdc-form-field-subscript-wrapper {
  box-sizing: border-box;
  width: 100%;
  position: relative;
}

.mat-mdc-form-field-hint-wrapper,
.mat-mdc-form-field-error-wrapper {
  position: absolute;
  top: 0;
  left: 0;
  right: 0;
  padding: 0 16px;
  opacity: 1;
  transform: translateY(0);
  animation: _mat-form-field-subscript-animation 0ms cubic-bezier(0.55, 0, 0.55, 0.2);
}

.mat-mdc-form-field-subscript-dynamic-size .mat-mdc-form-field-hint-wrapper,
.mat-mdc-form-field-subscript-dynamic-size .mat-mdc-form-field-error-wrapper {
  position: static;
}

.mat-mdc-form-field-bottom-align::before {
  content: "";
  display: inline-block;
  height: 16px;
}

.mat-mdc-form-field-bottom-align.mat-mdc-form-field-subscript-dynamic-size::before {
  content: unset;
}

.mat-mdc-form-field-hint-end {
  order: 1;
}

.mat-mdc-form-field-hint-wrapper {
  display: flex;
}

.mat-mdc-form-field-hint-spacer {
  flex: 1 0 1em;
}

.mat-mdc-form-field-error {
  display: block;
  color: var(--%NS%mat-form-field-error-text-color, var(--%NS%mat-sys-error));
}

.mat-mdc-form-field-subscript-wrapper,
.mat-mdc-form-field-bottom-align::before {
  -moz-osx-font-smoothing: grayscale;
  -webkit-font-smoothing: antialiased;
  font-family: var(--%NS%mat-form-field-subscript-text-font, var(--%NS%mat-sys-body-small-font));
  line-height: var(--%NS%mat-form-field-subscript-text-line-height, var(--%NS%mat-sys-body-small-line-height));
  font-size: var(--%NS%mat-form-field-subscript-text-size, var(--%NS%mat-sys-body-small-size));
  letter-spacing: var(--%NS%mat-form-field-subscript-text-tracking, var(--%NS%mat-sys-body-small-tracking));
  font-weight: var(--%NS%mat-form-field-subscript-text-weight, var(--%NS%mat-sys-body-small-weight));
}

.mat-mdc-form-field-focus-overlay {
  top: 0;
  left: 0;
  right: 0;
  bottom: 0;
  position: absolute;
  opacity: 0;
  pointer-events: none;
  background-color: var(--%NS%mat-form-field-state-layer-color, var(--%NS%mat-sys-on-surface));
}
.mat-mdc-text-field-wrapper:hover .mat-mdc-form-field-focus-overlay {
  opacity: var(--%NS%mat-form-field-hover-state-layer-opacity, var(--%NS%mat-sys-hover-state-layer-opacity));
}
.mat-mdc-form-field.mat-focused .mat-mdc-form-field-focus-overlay {
  opacity: var(--%NS%mat-form-field-focus-state-layer-opacity, 0);
}

select.mat-mdc-form-field-input-control {
  -moz-appearance: none;
  -webkit-appearance: none;
  background-color: transparent;
  display: inline-flex;
  box-sizing: border-box;
}
select.mat-mdc-form-field-input-control:not(:disabled) {
  cursor: pointer;
}
select.mat-mdc-form-field-input-control:not(.mat-mdc-native-select-inline) option {
  color: var(--%NS%mat-form-field-select-option-text-color, var(--%NS%mat-sys-neutral10));
}
select.mat-mdc-form-field-input-control:not(.mat-mdc-native-select-inline) option:disabled {
  color: var(--%NS%mat-form-field-select-disabled-option-text-color, color-mix(in srgb, var(--%NS%mat-sys-neutral10) 38%, transparent));
}

.mat-mdc-form-field-type-mat-native-select .mat-mdc-form-field-infix::after {
  content: "";
  width: 0;
  height: 0;
  border-left: 5px solid transparent;
  border-right: 5px solid transparent;
  border-top: 5px solid;
  position: absolute;
  right: 0;
  top: 50%;
  margin-top: -2.5px;
  pointer-events: none;
  color: var(--%NS%mat-form-field-enabled-select-arrow-color, var(--%NS%mat-sys-on-surface-variant));
}
[dir=rtl] .mat-mdc-form-field-type-mat-native-select .mat-mdc-form-field-infix::after {
  right: auto;
  left: 0;
}
.mat-mdc-form-field-type-mat-native-select.mat-focused .mat-mdc-form-field-infix::after {
  color: var(--%NS%mat-form-field-focus-select-arrow-color, var(--%NS%mat-sys-primary));
}
.mat-mdc-form-field-type-mat-native-select.mat-form-field-disabled .mat-mdc-form-field-infix::after {
  color: var(--%NS%mat-form-field-disabled-select-arrow-color, color-mix(in srgb, var(--%NS%mat-sys-on-surface) 38%, transparent));
}
.mat-mdc-form-field-type-mat-native-select .mat-mdc-form-field-input-control {
  padding-right: 15px;
}
[dir=rtl] .mat-mdc-form-field-type-mat-native-select .mat-mdc-form-field-input-control {
  padding-right: 0;
  padding-left: 15px;
}

@media (forced-colors: active) {
  .mat-form-field-appearance-fill .mat-mdc-text-field-wrapper {
    outline: solid 1px;
  }
}
@media (forced-colors: active) {
  .mat-form-field-appearance-fill.mat-form-field-disabled .mat-mdc-text-field-wrapper {
    outline-color: GrayText;
  }
}

@media (forced-colors: active) {
  .mat-form-field-appearance-fill.mat-focused .mat-mdc-text-field-wrapper {
    outline: dashed 3px;
  }
}

@media (forced-colors: active) {
  .mat-mdc-form-field.mat-focused .mdc-notched-outline {
    border: dashed 3px;
  }
}

.mat-mdc-form-field-input-control[type=date], .mat-mdc-form-field-input-control[type=datetime], .mat-mdc-form-field-input-control[type=datetime-local], .mat-mdc-form-field-input-control[type=month], .mat-mdc-form-field-input-control[type=week], .mat-mdc-form-field-input-control[type=time] {
  line-height: 1;
}
.mat-mdc-form-field-input-control::-webkit-datetime-edit {
  line-height: 1;
  padding: 0;
  margin-bottom: -2px;
}

.mat-mdc-form-field {
  --%NS%mat-mdc-form-field-floating-label-scale: 0.75;
  display: inline-flex;
  flex-direction: column;
  min-width: 0;
  text-align: left;
  -moz-osx-font-smoothing: grayscale;
  -webkit-font-smoothing: antialiased;
  font-family: var(--%NS%mat-form-field-container-text-font, var(--%NS%mat-sys-body-large-font));
  line-height: var(--%NS%mat-form-field-container-text-line-height, var(--%NS%mat-sys-body-large-line-height));
  font-size: var(--%NS%mat-form-field-container-text-size, var(--%NS%mat-sys-body-large-size));
  letter-spacing: var(--%NS%mat-form-field-container-text-tracking, var(--%NS%mat-sys-body-large-tracking));
  font-weight: var(--%NS%mat-form-field-container-text-weight, var(--%NS%mat-sys-body-large-weight));
}
.mat-mdc-form-field .mdc-text-field--outlined .mdc-floating-label--float-above {
  font-size: calc(var(--%NS%mat-form-field-outlined-label-text-populated-size) * var(--%NS%mat-mdc-form-field-floating-label-scale));
}
.mat-mdc-form-field .mdc-text-field--outlined .mdc-notched-outline--upgraded .mdc-floating-label--float-above {
  font-size: var(--%NS%mat-form-field-outlined-label-text-populated-size);
}
[dir=rtl] .mat-mdc-form-field {
  text-align: right;
}

.mat-mdc-form-field-flex {
  display: inline-flex;
  align-items: baseline;
  box-sizing: border-box;
  width: 100%;
}

.mat-mdc-text-field-wrapper {
  width: 100%;
  z-index: 0;
}

.mat-mdc-form-field-icon-prefix,
.mat-mdc-form-field-icon-suffix {
  align-self: center;
  line-height: 0;
  pointer-events: auto;
  position: relative;
  z-index: 1;
}
.mat-mdc-form-field-icon-prefix > .mat-icon,
.mat-mdc-form-field-icon-suffix > .mat-icon {
  padding: 0 12px;
  box-sizing: content-box;
}

.mat-mdc-form-field-icon-prefix {
  color: var(--%NS%mat-form-field-leading-icon-color, var(--%NS%mat-sys-on-surface-variant));
}
.mat-form-field-disabled .mat-mdc-form-field-icon-prefix {
  color: var(--%NS%mat-form-field-disabled-leading-icon-color, color-mix(in srgb, var(--%NS%mat-sys-on-surface) 38%, transparent));
}

.mat-mdc-form-field-icon-suffix {
  color: var(--%NS%mat-form-field-trailing-icon-color, var(--%NS%mat-sys-on-surface-variant));
}
.mat-form-field-disabled .mat-mdc-form-field-icon-suffix {
  color: var(--%NS%mat-form-field-disabled-trailing-icon-color, color-mix(in srgb, var(--%NS%mat-sys-on-surface) 38%, transparent));
}
.mat-form-field-invalid .mat-mdc-form-field-icon-suffix {
  color: var(--%NS%mat-form-field-error-trailing-icon-color, var(--%NS%mat-sys-error));
}
.mat-form-field-invalid:not(.mat-focused):not(.mat-form-field-disabled) .mat-mdc-text-field-wrapper:hover .mat-mdc-form-field-icon-suffix {
  color: var(--%NS%mat-form-field-error-hover-trailing-icon-color, var(--%NS%mat-sys-on-error-container));
}
.mat-form-field-invalid.mat-focused .mat-mdc-text-field-wrapper .mat-mdc-form-field-icon-suffix {
  color: var(--%NS%mat-form-field-error-focus-trailing-icon-color, var(--%NS%mat-sys-error));
}

.mat-mdc-form-field-icon-prefix,
[dir=rtl] .mat-mdc-form-field-icon-suffix {
  padding: 0 4px 0 0;
}

.mat-mdc-form-field-icon-suffix,
[dir=rtl] .mat-mdc-form-field-icon-prefix {
  padding: 0 0 0 4px;
}

.mat-mdc-form-field-subscript-wrapper .mat-icon,
.mat-mdc-form-field label .mat-icon {
  width: 1em;
  height: 1em;
  font-size: inherit;
}

.mat-mdc-form-field-infix {
  flex: auto;
  min-width: 0;
  width: 180px;
  position: relative;
  box-sizing: border-box;
}
.mat-mdc-form-field-infix:has(textarea[cols]) {
  width: auto;
}

.mat-mdc-form-field .mdc-notched-outline__notch {
  margin-left: -1px;
  -webkit-clip-path: inset(-9em -999em -9em 1px);
  clip-path: inset(-9em -999em -9em 1px);
}
[dir=rtl] .mat-mdc-form-field .mdc-notched-outline__notch {
  margin-left: 0;
  margin-right: -1px;
  -webkit-clip-path: inset(-9em 1px -9em -999em);
  clip-path: inset(-9em 1px -9em -999em);
}

.mat-mdc-form-field.mat-form-field-animations-enabled .mdc-floating-label {
  transition: transform 150ms cubic-bezier(0.4, 0, 0.2, 1), color 150ms cubic-bezier(0.4, 0, 0.2, 1);
}
.mat-mdc-form-field.mat-form-field-animations-enabled .mdc-text-field__input {
  transition: opacity 150ms cubic-bezier(0.4, 0, 0.2, 1);
}
.mat-mdc-form-field.mat-form-field-animations-enabled .mdc-text-field__input::placeholder {
  transition: opacity 67ms cubic-bezier(0.4, 0, 0.2, 1);
}
.mat-mdc-form-field.mat-form-field-animations-enabled .mdc-text-field__input::-moz-placeholder {
  transition: opacity 67ms cubic-bezier(0.4, 0, 0.2, 1);
}
.mat-mdc-form-field.mat-form-field-animations-enabled .mdc-text-field__input::-webkit-input-placeholder {
  transition: opacity 67ms cubic-bezier(0.4, 0, 0.2, 1);
}
.mat-mdc-form-field.mat-form-field-animations-enabled .mdc-text-field__input:-ms-input-placeholder {
  transition: opacity 67ms cubic-bezier(0.4, 0, 0.2, 1);
}
.mat-mdc-form-field.mat-form-field-animations-enabled.mdc-text-field--no-label .mdc-text-field__input::placeholder, .mat-mdc-form-field.mat-form-field-animations-enabled.mdc-text-field--focused .mdc-text-field__input::placeholder {
  transition-delay: 40ms;
  transition-duration: 110ms;
}
.mat-mdc-form-field.mat-form-field-animations-enabled.mdc-text-field--no-label .mdc-text-field__input::-moz-placeholder, .mat-mdc-form-field.mat-form-field-animations-enabled.mdc-text-field--focused .mdc-text-field__input::-moz-placeholder {
  transition-delay: 40ms;
  transition-duration: 110ms;
}
.mat-mdc-form-field.mat-form-field-animations-enabled.mdc-text-field--no-label .mdc-text-field__input::-webkit-input-placeholder, .mat-mdc-form-field.mat-form-field-animations-enabled.mdc-text-field--focused .mdc-text-field__input::-webkit-input-placeholder {
  transition-delay: 40ms;
  transition-duration: 110ms;
}
.mat-mdc-form-field.mat-form-field-animations-enabled.mdc-text-field--no-label .mdc-text-field__input:-ms-input-placeholder, .mat-mdc-form-field.mat-form-field-animations-enabled.mdc-text-field--focused .mdc-text-field__input:-ms-input-placeholder {
  transition-delay: 40ms;
  transition-duration: 110ms;
}
.mat-mdc-form-field.mat-form-field-animations-enabled .mdc-text-field--%NS%filled:not(.mdc-ripple-upgraded):focus .mdc-text-field__ripple::before {
  transition-duration: 75ms;
}
.mat-mdc-form-field.mat-form-field-animations-enabled .mdc-line-ripple::after {
  transition: transform 180ms cubic-bezier(0.4, 0, 0.2, 1), opacity 180ms cubic-bezier(0.4, 0, 0.2, 1);
}
.mat-mdc-form-field.mat-form-field-animations-enabled .mat-mdc-form-field-hint-wrapper,
.mat-mdc-form-field.mat-form-field-animations-enabled .mat-mdc-form-field-error-wrapper {
  animation-duration: 300ms;
}

.mdc-notched-outline .mdc-floating-label {
  max-width: calc(100% + 1px);
}

.mdc-notched-outline--upgraded .mdc-floating-label--float-above {
  max-width: calc(133.3333333333% + 1px);
}
`],encapsulation:2})})()}return n})();var J=(()=>{class n{static ɵfac=function(i){return new(i||n)};static ɵmod=rw({type:n});static ɵinj=Yu({imports:[te,le,A]})}return n})();var ys=(()=>{class n{static ɵfac=function(i){return new(i||n)};static ɵcmp=tw({type:n,selectors:[[`ng-component`]],hostAttrs:[`cdk-text-field-style-loader`,``],decls:0,vars:0,template:function(i,r){},styles:[`textarea.cdk-textarea-autosize {
  resize: none;
}

textarea.cdk-textarea-autosize-measuring {
  padding: 2px 0 !important;
  box-sizing: content-box !important;
  height: auto !important;
  overflow: hidden !important;
}

textarea.cdk-textarea-autosize-measuring-firefox {
  padding: 2px 0 !important;
  box-sizing: content-box !important;
  height: 0 !important;
}

@keyframes cdk-text-field-autofill-start { /*!*/ }
@keyframes cdk-text-field-autofill-end { /*!*/ }
.cdk-text-field-autofill-monitored:-webkit-autofill {
  animation: cdk-text-field-autofill-start 0s 1ms;
}

.cdk-text-field-autofill-monitored:not(:-webkit-autofill) {
  animation: cdk-text-field-autofill-end 0s 1ms;
}
`],encapsulation:2})}return n})();var vs={passive:!0};var wo=(()=>{class n{_platform=b(g$1);_ngZone=b(be$1);_renderer=b($r$1).createRenderer(null,null);_styleLoader=b(N);_monitoredElements=/* @__PURE__ */ new Map;monitor(t){if(!this._platform.isBrowser)return At$1;this._styleLoader.load(ys);let i=w(t),r=this._monitoredElements.get(i);if(r)return r.subject;let o=new ee$1,a=`cdk-text-field-autofilled`,u=y=>{y.animationName===`cdk-text-field-autofill-start`&&!i.classList.contains(a)?(i.classList.add(a),this._ngZone.run(()=>o.next({target:y.target,isAutofilled:!0}))):y.animationName===`cdk-text-field-autofill-end`&&i.classList.contains(a)&&(i.classList.remove(a),this._ngZone.run(()=>o.next({target:y.target,isAutofilled:!1})))},h=this._ngZone.runOutsideAngular(()=>(i.classList.add(`cdk-text-field-autofill-monitored`),this._renderer.listen(i,`animationstart`,u,vs)));return this._monitoredElements.set(i,{subject:o,unlisten:h}),o}stopMonitoring(t){let i=w(t),r=this._monitoredElements.get(i);r&&(r.unlisten(),r.subject.complete(),i.classList.remove(`cdk-text-field-autofill-monitored`),i.classList.remove(`cdk-text-field-autofilled`),this._monitoredElements.delete(i))}ngOnDestroy(){this._monitoredElements.forEach((t,i)=>this.stopMonitoring(i))}static ɵfac=function(i){return new(i||n)};static ɵprov=zr$1({token:n,factory:n.ɵfac})}return n})();var Do=(()=>{class n{static ɵfac=function(i){return new(i||n)};static ɵmod=rw({type:n});static ɵinj=Yu({})}return n})();var Fo=new A$1(`MAT_INPUT_VALUE_ACCESSOR`);var Ao=(()=>{class n{isErrorState(t,i){return!!(t&&t.invalid&&(t.touched||i&&i.submitted))}isSignalErrorState(t){if(!t)return!1;let i=t().invalid(),r=t().touched();return i&&r}static ɵfac=function(i){return new(i||n)};static ɵprov=zr$1({token:n,factory:n.ɵfac})}return n})();var hn=class{_defaultMatcher;_parentFormGroup;_parentForm;_stateChanges;errorState=!1;matcher;ngControl;formField;constructor(e,t,i,r,o){this._defaultMatcher=e,this._parentFormGroup=i,this._parentForm=r,this._stateChanges=o,t?gi$1(t.field)&&!t.updateValueAndValidity?(this.formField=t,this.ngControl=null):(this.formField=null,this.ngControl=t):this.ngControl=this.formField=null}updateErrorState(){let e=this.errorState,t=this._getCurrentErrorState(this.matcher||this._defaultMatcher);t!==e&&(this.errorState=t,this._stateChanges.next())}_getCurrentErrorState(e){if(this.formField&&e?.isSignalErrorState)return e.isSignalErrorState(this.formField.field())??!1;let t=this._parentFormGroup||this._parentForm,i=this.ngControl?this.ngControl.control:null;return e?.isErrorState(i,t)??!1}};var _s=[`button`,`checkbox`,`file`,`hidden`,`image`,`radio`,`range`,`reset`,`submit`];var bs=new A$1(`MAT_INPUT_CONFIG`);var be=(()=>{class n{_elementRef=b(Qr$1);_platform=b(g$1);ngControl=b(Je,{optional:!0,self:!0});_autofillMonitor=b(wo);_ngZone=b(be$1);_formField=b(Mi,{optional:!0});_renderer=b(Cc);_uid=b(v).getId(`mat-input-`);_previousNativeValue;_inputValueAccessor;_signalBasedValueAccessor;_previousPlaceholder=null;_errorStateTracker;_config=b(bs,{optional:!0});_cleanupIosKeyup;_cleanupWebkitWheel;_isServer=!1;_isNativeSelect=!1;_isTextarea=!1;_isInFormField=!1;focused=!1;stateChanges=new ee$1;controlType=`mat-input`;autofilled=!1;get disabled(){return this._disabled}set disabled(t){this._disabled=rt(t),this.focused&&(this.focused=!1,this.stateChanges.next())}_disabled=!1;get id(){return this._id}set id(t){this._id=t||this._uid}_id;placeholder;name;get required(){return this._required??this.ngControl?.control?.hasValidator(Me.required)??!1}set required(t){this._required=rt(t)}_required;get type(){return this._type}set type(t){this._type=t||`text`,this._validateType(),!this._isTextarea&&_i().has(this._type)&&(this._elementRef.nativeElement.type=this._type)}_type=`text`;get errorStateMatcher(){return this._errorStateTracker.matcher}set errorStateMatcher(t){this._errorStateTracker.matcher=t}userAriaDescribedBy;get value(){return this._signalBasedValueAccessor?this._signalBasedValueAccessor.value():this._inputValueAccessor.value}set value(t){t!==this.value&&(this._signalBasedValueAccessor?this._signalBasedValueAccessor.value.set(t):this._inputValueAccessor.value=t,this.stateChanges.next())}get readonly(){return this._readonly}set readonly(t){this._readonly=rt(t)}_readonly=!1;disabledInteractive;get errorState(){return this._errorStateTracker.errorState}set errorState(t){this._errorStateTracker.errorState=t}_neverEmptyInputTypes=[`date`,`datetime`,`datetime-local`,`month`,`time`,`week`].filter(t=>_i().has(t));constructor(){let t=b(zn,{optional:!0}),i=b(jn,{optional:!0}),r=b(Ao),o=b(Fo,{optional:!0,self:!0}),a=b(cn,{optional:!0,self:!0}),u=this._elementRef.nativeElement,h=u.nodeName.toLowerCase();o?gi$1(o.value)?this._signalBasedValueAccessor=o:this._inputValueAccessor=o:this._inputValueAccessor=u,this._previousNativeValue=this.value,this.id=this.id,this._platform.IOS&&this._ngZone.runOutsideAngular(()=>{this._cleanupIosKeyup=this._renderer.listen(u,`keyup`,this._iOSKeyupListener)}),this._errorStateTracker=new hn(r,a||this.ngControl,i,t,this.stateChanges),this._isServer=!this._platform.isBrowser,this._isNativeSelect=h===`select`,this._isTextarea=h===`textarea`,this._isInFormField=!!this._formField,this.disabledInteractive=this._config?.disabledInteractive||!1,this._isNativeSelect&&(this.controlType=u.multiple?`mat-native-select-multiple`:`mat-native-select`),this._signalBasedValueAccessor&&$d(()=>{this._signalBasedValueAccessor.value(),this.stateChanges.next()})}ngAfterViewInit(){this._platform.isBrowser&&this._autofillMonitor.monitor(this._elementRef.nativeElement).subscribe(t=>{this.autofilled=t.isAutofilled,this.stateChanges.next()})}ngOnChanges(){this.stateChanges.next()}ngOnDestroy(){this.stateChanges.complete(),this._platform.isBrowser&&this._autofillMonitor.stopMonitoring(this._elementRef.nativeElement),this._cleanupIosKeyup?.(),this._cleanupWebkitWheel?.()}ngDoCheck(){this.ngControl&&(this.updateErrorState(),this.ngControl.disabled!==null&&this.ngControl.disabled!==this.disabled&&(this.disabled=this.ngControl.disabled,this.stateChanges.next())),this._dirtyCheckNativeValue(),this._dirtyCheckPlaceholder()}focus(t){this._elementRef.nativeElement.focus(t)}updateErrorState(){this._errorStateTracker.updateErrorState()}_focusChanged(t){if(t!==this.focused){if(!this._isNativeSelect&&t&&this.disabled&&this.disabledInteractive){let i=this._elementRef.nativeElement;i.type===`number`?(i.type=`text`,i.setSelectionRange(0,0),i.type=`number`):i.setSelectionRange(0,0)}this.focused=t,this.stateChanges.next()}}_onInput(){}_dirtyCheckNativeValue(){let t=this._elementRef.nativeElement.value;this._previousNativeValue!==t&&(this._previousNativeValue=t,this.stateChanges.next())}_dirtyCheckPlaceholder(){let t=this._getPlaceholder();if(t!==this._previousPlaceholder){let i=this._elementRef.nativeElement;this._previousPlaceholder=t,t?i.setAttribute(`placeholder`,t):i.removeAttribute(`placeholder`)}}_getPlaceholder(){return this.placeholder||null}_validateType(){_s.indexOf(this._type)}_isNeverEmpty(){return this._neverEmptyInputTypes.indexOf(this._type)>-1}_isBadInput(){let t=this._elementRef.nativeElement.validity;return t&&t.badInput}get empty(){return!this._isNeverEmpty()&&!this._elementRef.nativeElement.value&&!this._isBadInput()&&!this.autofilled}get shouldLabelFloat(){if(this._isNativeSelect){let t=this._elementRef.nativeElement,i=t.options[0];return this.focused||t.multiple||!this.empty||!!(t.selectedIndex>-1&&i&&i.label)}else return this.focused&&!this.disabled||!this.empty}get describedByIds(){return this._elementRef.nativeElement.getAttribute(`aria-describedby`)?.split(` `)||[]}setDescribedByIds(t){let i=this._elementRef.nativeElement;t.length?i.setAttribute(`aria-describedby`,t.join(` `)):i.removeAttribute(`aria-describedby`)}onContainerClick(){this.focused||this.focus()}_isInlineSelect(){let t=this._elementRef.nativeElement;return this._isNativeSelect&&(t.multiple||t.size>1)}_iOSKeyupListener=t=>{let i=t.target;!i.value&&i.selectionStart===0&&i.selectionEnd===0&&(i.setSelectionRange(1,1),i.setSelectionRange(0,0))};_getReadonlyAttribute(){return this._isNativeSelect?null:this.readonly||this.disabled&&this.disabledInteractive?`true`:null}static ɵfac=function(i){return new(i||n)};static ɵdir=sw({type:n,selectors:[[`input`,`matInput`,``],[`textarea`,`matInput`,``],[`select`,`matNativeControl`,``],[`input`,`matNativeControl`,``],[`textarea`,`matNativeControl`,``]],hostAttrs:[1,`mat-mdc-input-element`],hostVars:21,hostBindings:function(i,r){i&1&&Vg(`focus`,function(){return r._focusChanged(!0)})(`blur`,function(){return r._focusChanged(!1)})(`input`,function(){return r._onInput()}),i&2&&(Dg(`id`,r.id)(`disabled`,r.disabled&&!r.disabledInteractive)(`required`,r.required),pg(`name`,r.name||null)(`readonly`,r._getReadonlyAttribute())(`aria-disabled`,r.disabled&&r.disabledInteractive?`true`:null)(`aria-invalid`,r.empty&&r.required?null:r.errorState)(`aria-required`,r.required)(`id`,r.id),Zg(`mat-input-server`,r._isServer)(`mat-mdc-form-field-textarea-control`,r._isInFormField&&r._isTextarea)(`mat-mdc-form-field-input-control`,r._isInFormField)(`mat-mdc-input-disabled-interactive`,r.disabledInteractive)(`mdc-text-field__input`,r._isInFormField)(`mat-mdc-native-select-inline`,r._isInlineSelect()))},inputs:{disabled:`disabled`,id:`id`,placeholder:`placeholder`,name:`name`,required:`required`,type:`type`,errorStateMatcher:`errorStateMatcher`,userAriaDescribedBy:[0,`aria-describedby`,`userAriaDescribedBy`],value:`value`,readonly:`readonly`,disabledInteractive:[2,`disabledInteractive`,`disabledInteractive`,o1]},exportAs:[`matInput`],features:[FC([{provide:Ci,useExisting:n}]),Tv]})}return n})();var xe=(()=>{class n{static ɵfac=function(i){return new(i||n)};static ɵmod=rw({type:n});static ɵinj=Yu({imports:[J,J,Do,A]})}return n})();var xs=[`liste`];var Cs=(n,e)=>e.valeur;function Ms(n,e){if(n&1&&(Gi(0,`option`,3),_C(1),Ll()),n&2){let t=Yb();hg(`value`,t.connu()?``:t.value())(`selected`,!t.value()||!t.connu()),fE(),tm(t.connu()?t.vide():t.value())}}function Ss(n,e){if(n&1&&(Gi(0,`option`,3),_C(1),Ll()),n&2){let t=e.$implicit,i=Yb();hg(`value`,t.valeur)(`selected`,t.valeur===i.value()),fE(),tm(t.libelle)}}function Ns(n,e){if(n&1&&(Gi(0,`p`,5)(1,`span`,6),_C(2,`✕`),Ll(),_C(3),Ll()),n&2){let t=e.$implicit;fE(3),Vl(` `,t)}}function Es(n,e){if(n&1&&(Gi(0,`p`,7),_C(1),Ll()),n&2){let t=Yb(2);fE(),tm(t.aide())}}function ws(n,e){if(n&1&&Yw(0,Es,2,1,`p`,7),n&2){let t=Yb();Jw(t.aide()?0:-1)}}var Ds=0;var Ei=class n{value=Kj(``);libelle=Yj.required();choix=Yj.required();vide=Yj(``);aide=Yj(``);errors=Yj([]);disabled=Yj(!1);required=Yj(!1);touched=Yj(!1);touch=Zj();id=`choix-${++Ds}`;connu=ZC(()=>!this.value()||this.choix().some(({valeur:e})=>e===this.value()));messages=ZC(()=>this.touched()?this.errors().map(e=>e.message??``):[]);liste=Jj.required(`liste`);focus(e){this.liste().nativeElement.focus(e)}static ɵfac=function(t){return new(t||n)};static ɵcmp=tw({type:n,selectors:[[`app-champ-choix`]],viewQuery:function(t,i){t&1&&qg(i.liste,xs,5),t&2&&rC()},inputs:{value:[1,`value`],libelle:[1,`libelle`],choix:[1,`choix`],vide:[1,`vide`],aide:[1,`aide`],errors:[1,`errors`],disabled:[1,`disabled`],required:[1,`required`],touched:[1,`touched`]},outputs:{value:`valueChange`,touch:`touch`},decls:12,vars:11,consts:[[`liste`,``],[`appearance`,`outline`,`subscriptSizing`,`dynamic`],[`matNativeControl`,``,3,`change`,`blur`,`id`,`disabled`,`required`],[3,`value`,`selected`],[1,`dit`,3,`id`],[1,`mal`],[`aria-hidden`,`true`],[1,`discret`]],template:function(t,i){if(t&1){let r=cb();Gi(0,`mat-form-field`,1)(1,`mat-label`),_C(2),Ll(),Gi(3,`select`,2,0),Vg(`change`,function(){vd(r);let a=oC(4);return Id(i.value.set(a.value))})(`blur`,function(){return i.touch.emit()}),Yw(5,Ms,2,3,`option`,3),tb(6,Ss,2,3,`option`,3,Cs),Ll()(),Gi(8,`div`,4),tb(9,Ns,4,1,`p`,5,eb,!1,ws,1,1),Ll()}t&2&&(Zg(`mat-form-field-invalid`,i.messages().length>0),fE(2),tm(i.libelle()),fE(),hg(`id`,i.id)(`disabled`,i.disabled())(`required`,i.required()),pg(`aria-invalid`,i.messages().length>0)(`aria-describedby`,i.id+`-dit`),fE(2),Jw(i.vide()||!i.connu()?5:-1),fE(),nb(i.choix()),fE(2),hg(`id`,i.id+`-dit`),fE(),nb(i.messages()))},dependencies:[J,le,Z,xe,be],styles:[`[_nghost-%COMP%]{display:block}mat-form-field[_ngcontent-%COMP%]{width:100%}.dit[_ngcontent-%COMP%]   p[_ngcontent-%COMP%]{margin:.125rem 0 0;font-size:.75rem}`]})};var Fs=[`saisie`];var As=0;var je=class n{value=Kj.required();libelle=Yj.required();aide=Yj(``);clavier=Yj(``);errors=Yj([]);disabled=Yj(!1);readonly=Yj(!1);required=Yj(!1);touched=Yj(!1);invalid=Yj(!1);pending=Yj(!1);touch=Zj();id=`champ-${++As}`;mode=`text`;completion=`off`;brut=mo(this.valeurs(),{parse:e=>this.analyser(e),format:e=>this.formater(e)});messages=ZC(()=>this.touched()?this.errors().map(e=>e.message??``):[]);saisie=Jj(`saisie`);focus(e){this.saisie()?.nativeElement.focus(e)}quitter(){this.brut.parseErrors().length||this.brut.set(this.formater(this.value())),this.touch.emit()}valeurs(){return this.value}static ɵfac=function(t){return new(t||n)};static ɵdir=sw({type:n,viewQuery:function(t,i){t&1&&qg(i.saisie,Fs,5),t&2&&rC()},inputs:{value:[1,`value`],libelle:[1,`libelle`],aide:[1,`aide`],clavier:[1,`clavier`],errors:[1,`errors`],disabled:[1,`disabled`],readonly:[1,`readonly`],required:[1,`required`],touched:[1,`touched`],invalid:[1,`invalid`],pending:[1,`pending`]},outputs:{value:`valueChange`,touch:`touch`}})};function Is(n,e){if(n&1&&(Gi(0,`p`,4)(1,`span`,5),_C(2,`✕`),Ll(),_C(3),Ll()),n&2){let t=e.$implicit;fE(3),Vl(` `,t)}}function Rs(n,e){if(n&1&&(Gi(0,`p`,6),_C(1),Ll()),n&2){let t=Yb(2);fE(),tm(t.aide())}}function Vs(n,e){if(n&1&&Yw(0,Rs,2,1,`p`,6),n&2){let t=Yb();Jw(t.aide()?0:-1)}}function Ts(n,e){if(n&1&&(Gi(0,`p`,4)(1,`span`,5),_C(2,`✕`),Ll(),_C(3),Ll()),n&2){let t=e.$implicit;fE(3),Vl(` `,t)}}function Os(n,e){if(n&1&&(Gi(0,`p`,6),_C(1),Ll()),n&2){let t=Yb(2);fE(),tm(t.aide())}}function Ps(n,e){if(n&1&&Yw(0,Os,2,1,`p`,6),n&2){let t=Yb();Jw(t.aide()?0:-1)}}var pn=`[_nghost-%COMP%]{display:block}mat-form-field[_ngcontent-%COMP%]{width:100%}.dit[_ngcontent-%COMP%]   p[_ngcontent-%COMP%]{margin:.125rem 0 0;font-size:.75rem}`;function ks(n,e){if(n&1&&(Gi(0,`p`,4)(1,`span`,5),_C(2,`✕`),Ll(),_C(3),Ll()),n&2){let t=e.$implicit;fE(3),Vl(` `,t)}}function Ls(n,e){if(n&1&&(Gi(0,`p`,6),_C(1),Ll()),n&2){let t=Yb(2);fE(),tm(t.aide())}}function zs(n,e){if(n&1&&Yw(0,Ls,2,1,`p`,6),n&2){let t=Yb();Jw(t.aide()?0:-1)}}function js(n,e){if(n&1&&(Gi(0,`p`,4)(1,`span`,5),_C(2,`✕`),Ll(),_C(3),Ll()),n&2){let t=e.$implicit;fE(3),Vl(` `,t)}}function Bs(n,e){if(n&1&&(Gi(0,`p`,6),_C(1),Ll()),n&2){let t=Yb(2);fE(),tm(t.aide())}}function Hs(n,e){if(n&1&&Yw(0,Bs,2,1,`p`,6),n&2){let t=Yb();Jw(t.aide()?0:-1)}}var Di=class n extends je{analyser(e){return{value:e}}formater(e){return e}quitter(){this.brut.set(this.value().trim()),super.quitter()}static ɵfac=(()=>{let e;return function(i){return(e||(e=Wv(n)))(i||n)}})();static ɵcmp=tw({type:n,selectors:[[`app-champ-texte`]],features:[Xh],decls:9,vars:14,consts:[[`saisie`,``],[`appearance`,`outline`,`subscriptSizing`,`dynamic`],[`matInput`,``,`type`,`text`,3,`input`,`blur`,`id`,`autocomplete`,`value`,`disabled`,`readonly`,`required`],[1,`dit`,3,`id`],[1,`mal`],[`aria-hidden`,`true`],[1,`discret`]],template:function(t,i){if(t&1){let r=cb();Gi(0,`mat-form-field`,1)(1,`mat-label`),_C(2),Ll(),Gi(3,`input`,2,0),Vg(`input`,function(){vd(r);let a=oC(4);return Id(i.brut.set(a.value))})(`blur`,function(){return i.quitter()}),Ll()(),Gi(5,`div`,3),tb(6,Is,4,1,`p`,4,eb,!1,Vs,1,1),Ll()}t&2&&(Zg(`mat-form-field-invalid`,i.messages().length>0),fE(2),tm(i.libelle()),fE(),hg(`id`,i.id)(`autocomplete`,i.completion)(`value`,i.brut())(`disabled`,i.disabled())(`readonly`,i.readonly())(`required`,i.required()),pg(`inputmode`,i.clavier()||i.mode)(`aria-invalid`,i.messages().length>0)(`aria-describedby`,i.id+`-dit`),fE(2),hg(`id`,i.id+`-dit`),fE(),nb(i.messages()))},dependencies:[J,le,Z,xe,be],styles:[pn]})};var Fi=class n extends je{mode=`decimal`;analyser(e){if(!e.trim())return{value:null};let t=p(e);return t===void 0?{error:{kind:`montant`,message:"Unreadable amount: for example 1 234,56."}}:{value:t}}formater(e){return e===null?``:g$2(e)}static ɵfac=(()=>{let e;return function(i){return(e||(e=Wv(n)))(i||n)}})();static ɵcmp=tw({type:n,selectors:[[`app-champ-montant`]],features:[Xh],decls:9,vars:14,consts:[[`saisie`,``],[`appearance`,`outline`,`subscriptSizing`,`dynamic`],[`matInput`,``,`type`,`text`,3,`input`,`blur`,`id`,`autocomplete`,`value`,`disabled`,`readonly`,`required`],[1,`dit`,3,`id`],[1,`mal`],[`aria-hidden`,`true`],[1,`discret`]],template:function(t,i){if(t&1){let r=cb();Gi(0,`mat-form-field`,1)(1,`mat-label`),_C(2),Ll(),Gi(3,`input`,2,0),Vg(`input`,function(){vd(r);let a=oC(4);return Id(i.brut.set(a.value))})(`blur`,function(){return i.quitter()}),Ll()(),Gi(5,`div`,3),tb(6,Ts,4,1,`p`,4,eb,!1,Ps,1,1),Ll()}t&2&&(Zg(`mat-form-field-invalid`,i.messages().length>0),fE(2),tm(i.libelle()),fE(),hg(`id`,i.id)(`autocomplete`,i.completion)(`value`,i.brut())(`disabled`,i.disabled())(`readonly`,i.readonly())(`required`,i.required()),pg(`inputmode`,i.clavier()||i.mode)(`aria-invalid`,i.messages().length>0)(`aria-describedby`,i.id+`-dit`),fE(2),hg(`id`,i.id+`-dit`),fE(),nb(i.messages()))},dependencies:[J,le,Z,xe,be],styles:[pn]})};var Ai=class n extends je{decimales=Yj(2);mode=`decimal`;analyser(e){if(!e.trim())return{value:``};let t=$(e,this.decimales());return t===void 0?{error:{kind:`decimal`,message:`Unreadable number, or more than ${this.decimales()} decimal places.`}}:{value:t}}formater(e){return l(e)}static ɵfac=(()=>{let e;return function(i){return(e||(e=Wv(n)))(i||n)}})();static ɵcmp=tw({type:n,selectors:[[`app-champ-decimal`]],inputs:{decimales:[1,`decimales`]},features:[Xh],decls:9,vars:14,consts:[[`saisie`,``],[`appearance`,`outline`,`subscriptSizing`,`dynamic`],[`matInput`,``,`type`,`text`,3,`input`,`blur`,`id`,`autocomplete`,`value`,`disabled`,`readonly`,`required`],[1,`dit`,3,`id`],[1,`mal`],[`aria-hidden`,`true`],[1,`discret`]],template:function(t,i){if(t&1){let r=cb();Gi(0,`mat-form-field`,1)(1,`mat-label`),_C(2),Ll(),Gi(3,`input`,2,0),Vg(`input`,function(){vd(r);let a=oC(4);return Id(i.brut.set(a.value))})(`blur`,function(){return i.quitter()}),Ll()(),Gi(5,`div`,3),tb(6,ks,4,1,`p`,4,eb,!1,zs,1,1),Ll()}t&2&&(Zg(`mat-form-field-invalid`,i.messages().length>0),fE(2),tm(i.libelle()),fE(),hg(`id`,i.id)(`autocomplete`,i.completion)(`value`,i.brut())(`disabled`,i.disabled())(`readonly`,i.readonly())(`required`,i.required()),pg(`inputmode`,i.clavier()||i.mode)(`aria-invalid`,i.messages().length>0)(`aria-describedby`,i.id+`-dit`),fE(2),hg(`id`,i.id+`-dit`),fE(),nb(i.messages()))},dependencies:[J,le,Z,xe,be],styles:[pn]})};var At=class n extends je{reference=Yj(``);mode=`numeric`;analyser(e){if(!e.trim())return{value:``};let t=Ve(e,this.reference()||$e());return t===void 0?{error:{kind:`date`,message:"Unreadable date: 15, 1512, 15/12/2026 or +30, for example."}}:{value:t}}formater(e){return e?he(e):``}static ɵfac=(()=>{let e;return function(i){return(e||(e=Wv(n)))(i||n)}})();static ɵcmp=tw({type:n,selectors:[[`app-champ-date`]],inputs:{reference:[1,`reference`]},features:[Xh],decls:9,vars:14,consts:[[`saisie`,``],[`appearance`,`outline`,`subscriptSizing`,`dynamic`],[`matInput`,``,`type`,`text`,3,`input`,`blur`,`id`,`autocomplete`,`value`,`disabled`,`readonly`,`required`],[1,`dit`,3,`id`],[1,`mal`],[`aria-hidden`,`true`],[1,`discret`]],template:function(t,i){if(t&1){let r=cb();Gi(0,`mat-form-field`,1)(1,`mat-label`),_C(2),Ll(),Gi(3,`input`,2,0),Vg(`input`,function(){vd(r);let a=oC(4);return Id(i.brut.set(a.value))})(`blur`,function(){return i.quitter()}),Ll()(),Gi(5,`div`,3),tb(6,js,4,1,`p`,4,eb,!1,Hs,1,1),Ll()}t&2&&(Zg(`mat-form-field-invalid`,i.messages().length>0),fE(2),tm(i.libelle()),fE(),hg(`id`,i.id)(`autocomplete`,i.completion)(`value`,i.brut())(`disabled`,i.disabled())(`readonly`,i.readonly())(`required`,i.required()),pg(`inputmode`,i.clavier()||i.mode)(`aria-invalid`,i.messages().length>0)(`aria-describedby`,i.id+`-dit`),fE(2),hg(`id`,i.id+`-dit`),fE(),nb(i.messages()))},dependencies:[J,le,Z,xe,be],styles:[pn]})};var Gs=[`saisie`];function qs(n,e){if(n&1&&(Gi(0,`span`,10),_C(1),Ll()),n&2){let t=Yb().$implicit;fE(),tm(t.detail)}}function $s(n,e){if(n&1){let t=cb();Gi(0,`li`,9),Vg(`mousedown`,function(r){let o=vd(t).$implicit,a=Yb();return r.preventDefault(),Id(a.choisir(o))}),_C(1),Yw(2,qs,2,1,`span`,10),Ll()}if(n&2){let t=e.$implicit,i=e.$index,r=Yb();hg(`id`,r.id+`-`+i),pg(`aria-selected`,i===r.rang()),fE(),Vl(` `,t.texte,` `),fE(),Jw(t.detail?2:-1)}}function Us(n,e){if(n&1&&(Gi(0,`p`,8)(1,`span`,11),_C(2,`✕`),Ll(),_C(3),Ll()),n&2){let t=e.$implicit;fE(3),Vl(` `,t)}}function Ws(n,e){n&1&&(Gi(0,`p`,12),Gb(1,1),Ll())}function Ks(n,e){n&1&&(Gi(0,`p`,10),Gb(1,2),Ll())}function Xs(n,e){if(n&1&&(Gi(0,`p`,10),_C(1),Ll()),n&2){let t=Yb(2);fE(),tm(t.aide())}}function Ys(n,e){if(n&1&&Yw(0,Ws,2,0,`p`,12)(1,Ks,2,0,`p`,10)(2,Xs,2,1,`p`,10),n&2){let t=Yb();Jw(t.muette()?0:t.rien()?1:t.aide()?2:-1)}}var Qs=200;var Zs=0;var Ii=class n{value=Kj(``);libelle=Yj.required();chercher=Yj.required();intitule=Kj(``);aide=Yj(``);errors=Yj([]);disabled=Yj(!1);readonly=Yj(!1);required=Yj(!1);touched=Yj(!1);touch=Zj();choisi=Zj();id=`recherche-${++Zs}`;texte=KC(()=>this.intitule());propositions=pi$1([]);rang=pi$1(-1);muette=pi$1(!1);rien=pi$1(!1);ouvert=ZC(()=>this.propositions().length>0);messages=ZC(()=>this.touched()?this.errors().map(e=>e.message??``):[]);annonces=b(T);saisie=Jj.required(`saisie`);demandes=new ee$1;constructor(){this.demandes.pipe(uy(Qs),Au(e=>e===void 0?zm(void 0):this.trouver(e)),U$1()).subscribe(e=>this.montrer(e))}focus(e){this.saisie().nativeElement.focus(e)}taper(e){this.texte.set(e),e.trim()?this.demandes.next(e.trim()):this.vider()}choisir(e){this.fermer(),this.value.set(e.valeur),this.intitule.set(e.texte),this.texte.set(e.texte),this.choisi.emit(e)}toucher(e){let t=this.gestes()[e.key];!t||e.altKey||e.ctrlKey||e.metaKey||(e.preventDefault(),e.stopPropagation(),t())}quitter(){this.fermer(),this.texte.set(this.intitule()),this.rien.set(!1),this.touch.emit()}gestes(){if(!this.ouvert())return{ArrowDown:()=>this.demandes.next(this.texte()===this.intitule()?``:this.texte().trim())};let e=this.propositions()[Math.max(this.rang(),0)];return{ArrowDown:()=>this.aller(1),ArrowUp:()=>this.aller(-1),Enter:()=>e&&this.choisir(e),Escape:()=>this.fermer()}}aller(e){let t=this.propositions().length;this.rang.update(i=>(Math.max(i,e>0?-1:0)+e+t)%t)}trouver(e){return this.chercher()(e).pipe(ut(t=>(this.muette.set(!1),t)),xs$1(()=>(this.muette.set(!0),zm(void 0))))}montrer(e){this.propositions.set(e??[]),this.rang.set(-1),this.rien.set(e?.length===0),e?.length&&this.annonces.dire(g$3(e.length,"suggestion","suggestions"))}vider(){this.fermer(),this.value()&&(this.value.set(``),this.intitule.set(``),this.choisi.emit(void 0))}fermer(){this.demandes.next(void 0),this.propositions.set([]),this.rang.set(-1)}static ɵfac=function(t){return new(t||n)};static ɵcmp=tw({type:n,selectors:[[`app-champ-recherche`]],viewQuery:function(t,i){t&1&&qg(i.saisie,Gs,5),t&2&&rC()},inputs:{value:[1,`value`],libelle:[1,`libelle`],chercher:[1,`chercher`],intitule:[1,`intitule`],aide:[1,`aide`],errors:[1,`errors`],disabled:[1,`disabled`],readonly:[1,`readonly`],required:[1,`required`],touched:[1,`touched`]},outputs:{value:`valueChange`,intitule:`intituleChange`,touch:`touch`,choisi:`choisi`},decls:12,vars:18,consts:()=>{let e;e="The search is not responding.";let t;return t="Nothing matches this text.",[[`saisie`,``],e,t,[`appearance`,`outline`,`subscriptSizing`,`dynamic`],[`matInput`,``,`type`,`text`,`role`,`combobox`,`autocomplete`,`off`,`aria-autocomplete`,`list`,3,`input`,`keydown`,`blur`,`id`,`value`,`disabled`,`readonly`,`required`],[`role`,`listbox`,1,`liste`,3,`id`,`hidden`],[`role`,`option`,`tabindex`,`-1`,3,`id`],[1,`dit`,3,`id`],[1,`mal`],[`role`,`option`,`tabindex`,`-1`,3,`mousedown`,`id`],[1,`discret`],[`aria-hidden`,`true`],[1,`attention`]]},template:function(t,i){if(t&1){let r=cb();Gi(0,`mat-form-field`,3)(1,`mat-label`),_C(2),Ll(),Gi(3,`input`,4,0),Vg(`input`,function(){vd(r);let a=oC(4);return Id(i.taper(a.value))})(`keydown`,function(a){return i.toucher(a)})(`blur`,function(){return i.quitter()}),Ll()(),Gi(5,`ul`,5),tb(6,$s,3,4,`li`,6,Xw),Ll(),Gi(8,`div`,7),tb(9,Us,4,1,`p`,8,eb,!1,Ys,3,1),Ll()}t&2&&(Zg(`mat-form-field-invalid`,i.messages().length>0),fE(2),tm(i.libelle()),fE(),hg(`id`,i.id)(`value`,i.texte())(`disabled`,i.disabled())(`readonly`,i.readonly())(`required`,i.required()),pg(`aria-expanded`,i.ouvert())(`aria-controls`,i.id+`-liste`)(`aria-activedescendant`,i.ouvert()&&i.rang()>=0?i.id+`-`+i.rang():null)(`aria-invalid`,i.messages().length>0)(`aria-describedby`,i.id+`-dit`),fE(2),hg(`id`,i.id+`-liste`)(`hidden`,!i.ouvert()),pg(`aria-label`,i.libelle()),fE(),nb(i.propositions()),fE(2),hg(`id`,i.id+`-dit`),fE(),nb(i.messages()))},dependencies:[J,le,Z,xe,be],styles:[`[_nghost-%COMP%]{display:block}mat-form-field[_ngcontent-%COMP%]{width:100%}.dit[_ngcontent-%COMP%]   p[_ngcontent-%COMP%]{margin:.125rem 0 0;font-size:.75rem}`,`[_nghost-%COMP%]{position:relative}.liste[_ngcontent-%COMP%]{position:absolute;z-index:6;left:0;right:0;margin:0;padding:0;max-height:16rem;overflow:auto;list-style:none;background:var(--%NS%fond);border:1px solid var(--%NS%trait);box-shadow:0 4px 12px #0003}li[_ngcontent-%COMP%]{min-height:28px;padding:.3rem .6rem;cursor:pointer}li[_ngcontent-%COMP%]:hover{background:var(--%NS%fond-2)}li[aria-selected=true][_ngcontent-%COMP%]{background:var(--%NS%choisi);outline:2px solid var(--%NS%accent);outline-offset:-2px}`]})};var Js=5;var Io=100;var It=class n{http=b(Fe$1);noms=pi$1(/* @__PURE__ */ new Map);demandes=/* @__PURE__ */ new Set;attendus=[];choisis=pi$1([]);recents=this.choisis.asReadonly();nom(e){let t=this.noms().get(e);return t===void 0&&e&&pm(()=>this.demander(e)),t??``}retenir(e){this.apprendre(e.valeur,e.texte),this.choisis.update(t=>[e,...t.filter(({valeur:i})=>i!==e.valeur)].slice(0,Js))}apprendre(e,t){this.noms.update(i=>new Map(i).set(e,t))}demander(e){this.demandes.has(e)||(this.demandes.add(e),this.attendus.push(e)===1&&setTimeout(()=>this.lireLesAttendus()))}lireLesAttendus(){let e=this.attendus.splice(0,Io);e.length&&(this.http.get(`/api/clients`,{params:{ids:e.join(`,`),limit:Io}}).subscribe({next:({elements:t})=>this.noms.update(i=>new Map([...i,...t.map(el)])),error:()=>e.forEach(t=>this.demandes.delete(t))}),this.lireLesAttendus())}static ɵfac=function(t){return new(t||n)};static ɵprov=te$1({token:n,factory:n.ɵfac,providedIn:`root`})};function el({id:n,nom_affiche:e}){return[n,e??n]}var Ro=`au`;var tl=400;function Vo(n){return ZC(()=>n.lire(Ro)||$e())}var Ri=class n{adresse=b(g);au=Vo(this.adresse);minuterie;constructor(){b(me).onDestroy(()=>clearTimeout(this.minuterie))}finDuMoisDernier(){return Ie($e(),-1)}attendre(e){clearTimeout(this.minuterie),this.minuterie=setTimeout(()=>this.poser(e),tl)}poser(e){clearTimeout(this.minuterie),this.adresse.ecrire({[Ro]:e===$e()?void 0:e},{nouvelleEntree:!0})}static ɵfac=function(t){return new(t||n)};static ɵcmp=tw({type:n,selectors:[[`app-date-reference`]],decls:5,vars:2,consts:()=>{let e;e="As at";let t;t="Today";let i;return i="End of last month",[t,i,[`libelle`,e,3,`valueChange`,`value`],[`type`,`button`,3,`click`]]},template:function(t,i){t&1&&(Gi(0,`app-champ-date`,2),Vg(`valueChange`,function(o){return i.attendre(o)}),Ll(),Gi(1,`button`,3),Vg(`click`,function(){return i.poser(``)}),Gb(2,0),Ll(),Gi(3,`button`,3),Vg(`click`,function(){return i.poser(i.finDuMoisDernier())}),Gb(4,1),Ll()),t&2&&(hg(`value`,i.au()),fE(),pg(`aria-pressed`,!i.adresse.lire(`au`)))},dependencies:[At],styles:[`[_nghost-%COMP%]{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}app-champ-date[_ngcontent-%COMP%]{width:11rem}`]})};var gn=8;function nl({parFacture:n=!1}={}){let e=b(Fe$1),t=b(It),i=o=>e.get(`/api/clients`,{params:m(l$1({},o&&{q:o}),{archive:!1,limit:gn,tri:o?`nom_affiche`:`-modifie_le`})}).pipe(ut(({elements:a})=>o?a.map(To):rl(t.recents(),a.map(To)))),r=o=>e.get(`/api/factures`,{params:{q:o,limit:gn}}).pipe(ut(({elements:a})=>a.flatMap(il)),xs$1(()=>zm([])));return o=>n&&/\d/.test(o)?sy([i(o),r(o)]).pipe(ut(ol)):i(o)}function To({id:n,nom_affiche:e,siren:t,adresse:i}){let r=i?.ville;return{valeur:n,texte:e,detail:[t&&`SIREN ${t}`,r].filter(Boolean).join(` · `)}}function il({client_id:n,client:e,numero:t}){return n&&t?[{valeur:n,texte:e?.nom_affiche??n,detail:`Invoice ${t}`}]:[]}function rl(n,e){return[...n,...e.filter(({valeur:t})=>!n.some(i=>i.valeur===t))].slice(0,gn)}function ol([n,e]){return[...n??[],...e??[]].slice(0,gn)}function Oo(n,e){let t=n;for(let i of e.split(`/`).slice(1)){let r=t[i.replace(/~1/g,`/`).replace(/~0/g,`~`)];if(typeof r!=`function`)break;t=r}return t}function al(n,e){return(e.erreurs.length?e.erreurs:[{pointer:``,code:e.code,detail:e.detail||e.titre}]).map(({pointer:i,code:r,detail:o})=>({fieldTree:Oo(n,i),kind:r,message:o}))}export{za as C,un as S,nl as _,Fi as a,sd as b,La as c,ad as d,al as f,nd as g,ld as h,Ei as i,Ri as l,ja as m,At as n,Ii as o,id as p,Di as r,It as s,Ai as t,Vo as u,od as v,td as x,rd as y};